/**
 * Servers by the name of their package, their service or their program, with the TCP ports their packages listen on as
 * installed. Sources: semantics 7.2 and the servers' own documentation, named per group. A server that listens on nothing
 * other machines can reach until it is configured has no port here.
 */
export interface KnownServer {
  readonly ports: readonly number[];
  /** Listens on loopback until it is configured. */
  readonly scope?: 'loopback';
}

const HTTP: KnownServer = { ports: [80] };
const NOTHING: KnownServer = { ports: [] };

const SERVERS: Readonly<Record<string, KnownServer>> = {
  // nginx.org/en/docs/http/ngx_http_core_module.html#listen; httpd.apache.org/docs/2.4/bind.html; lighttpd, caddy: 80
  nginx: HTTP,
  'nginx-light': HTTP,
  'nginx-full': HTTP,
  'nginx-core': HTTP,
  'nginx-extras': HTTP,
  apache2: HTTP,
  httpd: HTTP,
  lighttpd: HTTP,
  mod_ssl: { ports: [443] },
  caddy: HTTP,
  // docs.haproxy.org: no bind line in the packaged configuration
  haproxy: NOTHING,
  // tomcat.apache.org/tomcat-10.1-doc: connector on 8080
  tomcat9: { ports: [8080] },
  tomcat10: { ports: [8080] },
  tomcat: { ports: [8080] },
  jenkins: { ports: [8080] },
  // postgresql.org/docs listen_addresses; dev.mysql.com bind_address; redis.io bind; mongodb bindIp; memcached -l
  postgresql: { ports: [5432], scope: 'loopback' },
  'postgresql-server': { ports: [5432], scope: 'loopback' },
  'mysql-server': { ports: [3306], scope: 'loopback' },
  mysql: { ports: [3306], scope: 'loopback' },
  mariadb: { ports: [3306], scope: 'loopback' },
  'mariadb-server': { ports: [3306], scope: 'loopback' },
  'redis-server': { ports: [6379], scope: 'loopback' },
  redis: { ports: [6379], scope: 'loopback' },
  'mongodb-org': { ports: [27_017], scope: 'loopback' },
  memcached: { ports: [11_211], scope: 'loopback' },
  // rabbitmq.com/docs/networking
  'rabbitmq-server': { ports: [5672, 15_672] },
  // squid-cache.org http_port
  squid: { ports: [3128] },
  // bind9.readthedocs.io, thekelleys.org.uk/dnsmasq
  bind9: { ports: [53] },
  dnsmasq: { ports: [53] },
  // openssh.com: every platform image of Linux has it
  'openssh-server': { ports: [22] },
  ssh: { ports: [22] },
  sshd: { ports: [22] },
};

/** A server by its exact name. */
export function knownServer(name: string): KnownServer | undefined {
  return Object.hasOwn(SERVERS, name) ? SERVERS[name] : undefined;
}

/** Packages that start nothing that listens. */
const QUIET_PACKAGES =
  /^(curl|wget|git|jq|unzip|zip|tar|gzip|ca-certificates|gnupg2?|lsb-release|apt-transport-https|software-properties-common|vim|nano|htop|tree|tmux|less|net-tools|iproute2?|iputils(-\w+)?|dnsutils|bind-utils|telnet|nmap(-ncat)?|ncat|netcat(-\w+)?|socat|rsync|openssl|python3?(-(pip|venv|dev|apt))?|nodejs|npm|golang(-go)?|build-essential|gcc|make|openjdk-[\w.-]+|java-[\w.-]+|default-jre(-headless)?|php[\w.-]*|libapache2-mod-[\w-]+|azure-cli|cifs-utils|nfs-common|ufw|firewalld|iptables(-\w+)?|fail2ban|unattended-upgrades|chrony|ntp|logrotate|rsyslog|keepalived|docker(\.io|-ce|-ce-cli|-compose(-plugin)?|-buildx-plugin)?|containerd(\.io)?|podman|moby-engine|moby-cli|epel-release|policycoreutils[\w-]*|libnginx-mod-[\w-]+|certbot|python3-certbot-\w+|postgresql-client|mysql-client|redis-tools|dotnet-(sdk|runtime)-[\w.]+|aspnetcore-runtime-[\w.]+|busybox|parted|xfsprogs|lvm2|mdadm|cron|at|bash-completion|locales|tzdata|sudo|coreutils|findutils|apache2-utils|httpd-tools)$/;

/** Whether a package is known to start nothing that listens. */
export function isQuietPackage(name: string): boolean {
  return QUIET_PACKAGES.test(name);
}

/** Services that nobody outside reaches, or that are part of every image. */
const QUIET_SERVICES =
  /^(docker|containerd|podman|firewalld|ufw|cron|crond|chronyd?|ntp|rsyslog|systemd-[\w-]+|iptables|apparmor|snapd|walinuxagent|fail2ban|keepalived|php[\d.]*-fpm|unattended-upgrades|networking|NetworkManager|netplan|apt-daily[\w.-]*)$/;

/** Whether a service is known to answer nobody outside. */
export function isQuietService(name: string): boolean {
  return QUIET_SERVICES.test(name);
}

/** Platform images that start nothing of their own but remote access: publisher in lower case. */
const GENERIC_PUBLISHERS: ReadonlySet<string> = new Set([
  'canonical',
  'debian',
  'credativ',
  'redhat',
  'openlogic',
  'oracle',
  'suse',
  'almalinux',
  'resf',
  'kinvolk',
  'microsoftcblmariner',
  'microsoftwindowsserver',
]);

/** Whether images of this publisher start nothing of their own; case does not matter. */
export function isGenericPublisher(publisher: string): boolean {
  return GENERIC_PUBLISHERS.has(publisher.toLowerCase());
}
