import type { Mention } from './mentions.ts';

type Usage = Pick<Mention, 'port' | 'usage'>;

/** Programs that connect to what they are given, with the port they take when nothing else is said. */
const CLIENTS: Readonly<Record<string, number | undefined>> = {
  curl: 80,
  wget: 80,
  http: 80,
  ab: 80,
  hey: 80,
  'invoke-webrequest': 80,
  'invoke-restmethod': 80,
  iwr: 80,
  irm: 80,
  nc: undefined,
  ncat: undefined,
  netcat: undefined,
  telnet: 23,
  socat: undefined,
  'test-netconnection': undefined,
  ssh: 22,
  scp: 22,
  sftp: 22,
  rsync: 22,
  psql: 5432,
  pg_isready: 5432,
  pg_dump: 5432,
  mysql: 3306,
  mysqladmin: 3306,
  mysqldump: 3306,
  sqlcmd: 1433,
  'invoke-sqlcmd': 1433,
  'redis-cli': 6379,
  mongo: 27_017,
  mongosh: 27_017,
  ldapsearch: 389,
  grpcurl: undefined,
  nfs: 2049,
};

const CLIENT = new RegExp(
  String.raw`(?:^|[\s;|&(\x60"'{])(?:[\w./]*/)?(${Object.keys(CLIENTS).join('|')})(?:\.exe)?\s[^;|&\n]*$`,
  'i',
);
/** Tools that look at the address and connect to no port of it. */
const LOOKS =
  /(?:^|[\s;|&])(?:ping\d?|traceroute|tracert|arping|iptables|ip6tables|nft|ufw|firewall-cmd|ip\s+route|route|getent|nslookup|dig)\s[^;|&]*$/i;
/** How members of a cluster find each other: Consul, Nomad, Vault, etcd, Elasticsearch and others that spell it alike. */
const CLUSTER =
  /\b(?:(?:retry|start)[-_]?join(?:[-_]wan)?|initial[-_]cluster(?![-_](?:state|token))|initial[-_]advertise[-_]peer[-_]urls|leader[-_]api[-_]addr|cluster[-_]addr(?:ess)?|advertise[-_]addr(?:ess)?|seed[-_.]?hosts|unicast[-_.]hosts|(?:consul|serf|nomad server)\s+join|cluster[-_]?join|join[-_]?addr(?:ess(?:es)?)?)\b["']?\s*(?:[=:\s])[^;|&\n]*$/i;
/** `proxy_pass`, `upstream { server`, `connect('10.0.0.4', 80)`, `/dev/tcp/` */
const CONNECTS =
  /\b(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|connect|create_?connection|dial(?:timeout)?|tcpclient)\s*\(*\s*["']*$|(?:^|[\s{;])server\s+(?:[\w.-]+\s+)?$|\/dev\/tcp\/$|\btcp:$|--?control-?plane-?endpoint[= ]$/i;

/** `NAME=`, `"name": "`, `name: [` before a value. */
const KEY = /([A-Za-z][\w.-]{0,80})["']?\s*(?:=>|:=|[:=])\s*["'[({]*(?:[^\s"'=:,]*,)*$/;
const URL = /\b([a-z][a-z0-9+.-]{0,30}):\/\/(?:[^\s/@"']*@)?$/i;

/** Names of what the guest calls, at the end of a key: `PGHOST`, `ordersUrl`, `broker.address`. */
const CALLED =
  /(?:host|hosts|hostname|server|servers|url|uri|urls|endpoint|endpoints|addr|address|addresses|broker|brokers|bootstrap|upstream|upstreams|target|targets|backend|master|primary|dsn|source|datasource|proxy|registry|api|service|node|nodes|peer|peers|connection(?:string)?)$/i;
/** Names that the guest goes by itself, whatever it calls. */
const OWN_NAME =
  /(?:allowed|trusted|no_?proxy|cors|origin|alt_?name|\bsans?\b|certsans|external|public|issuer|redirect|callback|canonical|server_?name|advertise|^hostname$|kc_hostname|root_?url|base_?url|site_?url|domain)/i;
/** The names of a certificate or a virtual host. */
const NAMES_ITSELF = /\b(?:server_name|server-name|subjectAltName)\b[^;|&]*$|\b(?:IP|DNS):$|--tls-san[= ]$/i;

/**
 * What the words around an address say it is for; undefined where they name the guest itself or a rule of a firewall. `above`
 * gives the key of the list that the line is an item of.
 */
export function usageOf(before: string, after: string, above: () => string): Usage | undefined {
  if (NAMES_ITSELF.test(before) || LOOKS.test(before)) return undefined;
  const key = KEY.exec(before.replace(URL, ''))?.[1] ?? (/^\s*-?\s*["']?$/.test(before) ? above() : '');
  const scheme = URL.exec(before)?.[1]?.toLowerCase();
  const client = CLIENT.exec(before)?.[1]?.toLowerCase();
  const port =
    portOf(before, after) ?? schemePort(scheme) ?? (client === undefined ? undefined : CLIENTS[client]);
  const found = (usage: Usage['usage']): Usage => (port === undefined ? { usage } : { port, usage });
  if (CLUSTER.test(before) || CLUSTER.test(`${key}: `)) return found('cluster');
  // A site that is told its own URL may fetch from it all the same.
  if (key !== '' && client === undefined && OWN_NAME.test(key))
    return scheme === undefined ? undefined : found('mention');
  const isWritten = scheme !== undefined || writtenPort(before, after) !== undefined;
  if (isWritten || client !== undefined || CONNECTS.test(before) || CALLED.test(key)) return found('call');
  return found('mention');
}

const SCHEME_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  ws: 80,
  https: 443,
  wss: 443,
  redis: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27_017,
  amqp: 5672,
  amqps: 5671,
  ldap: 389,
  ldaps: 636,
  mqtt: 1883,
  nats: 4222,
  ssh: 22,
};

function schemePort(scheme: string | undefined): number | undefined {
  return scheme !== undefined && Object.hasOwn(SCHEME_PORTS, scheme) ? SCHEME_PORTS[scheme] : undefined;
}

/** `:8080`, `/5432` of /dev/tcp, `,1433` of SQL Server. */
function writtenPort(before: string, after: string): number | undefined {
  const written =
    (before.endsWith('/dev/tcp/') ? /^\/(\d{1,5})\b/ : /^:(\d{1,5})\b/).exec(after)?.[1] ??
    /^,(\d{4,5})(?![\d.])/.exec(after)?.[1];
  return written === undefined ? undefined : Number(written);
}

/** A port that is attached to the address, or that an option or the next word of the command names. */
function portOf(before: string, after: string): number | undefined {
  const written = writtenPort(before, after);
  if (written !== undefined) return written;
  if (!CLIENT.test(before) && !/\(["']*$/.test(before)) return undefined;
  const command = /[^;|&\n]*$/.exec(before)?.[0] ?? '';
  const rest = /^["']?[^;|&\n]*/.exec(after)?.[0] ?? '';
  const option = /\s-{1,2}(?:p|P|port)[= ]\s*(\d{1,5})\b/.exec(`${command} ${rest}`)?.[1];
  const next = /^["']?\s*,?\s*(?<![\w.])(\d{2,5})\b(?!\.)/.exec(rest)?.[1];
  const named = option ?? next;
  return named === undefined ? undefined : Number(named);
}
