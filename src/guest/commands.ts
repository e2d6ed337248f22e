import { isServerFile, readConfig } from './config-file.ts';
import type { Notes } from './evidence.ts';
import { internetHost } from './internet.ts';
import { isQuietPackage, isQuietService, knownServer } from './known-servers.ts';
import { readOptions } from './options.ts';
import type { Statement } from './shell-statements.ts';

/** What the commands of one machine share. */
export interface Shell {
  readonly notes: Notes;
  /** Files the texts write, by path. */
  readonly files: Map<string, string>;
  /** Runs a further script: the argument of `bash -c`, a file that was written before. */
  run(script: string): void;
  /** Runs the commands of a systemd unit. */
  runUnit(unit: string): void;
  /** Names of functions the scripts define. */
  readonly functions: ReadonlySet<string>;
}

/** Commands that start nothing that listens. */
const QUIET =
  /^(echo|printf|cat|tee|mkdir|touch|chmod|chown|chgrp|rm|rmdir|ls|cd|pwd|set|shopt|export|unset|source|\.|true|false|:|sleep|exit|return|break|continue|read|test|\[|\[\[|grep|egrep|awk|cut|sort|uniq|head|tail|wc|tr|date|hostname|hostnamectl|timedatectl|localectl|id|whoami|useradd|adduser|usermod|groupadd|passwd|chpasswd|umask|ulimit|sysctl|modprobe|mount|umount|mkfs[\w.]*|parted|partprobe|blkid|lsblk|swapon|swapoff|mkswap|fallocate|dd|df|du|find|stat|file|basename|dirname|readlink|realpath|which|type|command|uname|env|logger|wait|trap|kill|update-alternatives|update-ca-certificates|debconf-set-selections|apt-key|apt-mark|apt-cache|gpg|openssl|ssh-keygen|setsebool|semanage|restorecon|setenforce|getenforce|chcon|a2ensite|a2dissite|a2enmod|a2dismod|nginx-t|ip|ifconfig|route|ss|netstat|ping|nslookup|dig|getent|journalctl|crontab|visudo|jq|yq|base64|md5sum|sha256sum|diff|tar|unzip|gunzip|gzip|locale-gen|update-locale|dpkg-reconfigure|ldconfig|az|sed|cp|mv|ln|install|rsync|local|declare|readonly|let|shift|eval|time|yes|seq|mktemp|cloud-init|walinuxagent|reboot|shutdown|systemd-tmpfiles|needs-restarting|subscription-manager|rpm-key|waagent|sync|clear|history|alias|netplan|ipset)$/;

const KEYWORDS = /^(if|then|else|elif|fi|do|done|while|until|!|\{|\}|time)$/;
const WRAPPERS = /^(sudo|nohup|exec|command|nice|ionice|stdbuf|time|timeout|setsid|systemd-run|doas)$/;

/** Notes what one command of a shell script means for the ports of the machine. */
export function readCommand(statement: Statement, shell: Shell, before?: Statement): void {
  const given = statement.piped && before !== undefined ? outputOf(before) : undefined;
  const words = commandOf(statement.words);
  const [program = '', ...all] = words;
  writeFile(statement, program, all, shell, given);
  if (program === '' || /^(for|case|esac|function|select|in)$/.test(program)) return;
  const name = program.slice(program.lastIndexOf('/') + 1);
  const args = handlerReadsAll(name)
    ? all
    : all.slice(0, MOST_WORDS).filter(({ length }) => length < LONGEST_WORD);
  const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
  if (handler !== undefined) handler(args, shell, { ...statement, input: statement.input ?? given });
  else if (shell.functions.has(name) || QUIET.test(name)) readQuiet(name, args, shell);
  else if (shell.files.has(program)) shell.run(shell.files.get(program) ?? '');
  else if (!readOptions(args, shell.notes)) shell.notes.program(`runs \`${name}\``);
}

const MOST_WORDS = 2000;
/** Longer words are content, not options; matching costs the square of the length. */
const LONGEST_WORD = 1000;

/** The argument of `bash -c` is a script. */
function handlerReadsAll(name: string): boolean {
  return HANDLERS[name] === interpreter;
}

/** The command without what stands before it: keywords, `sudo -u app`, assignments. */
function commandOf(words: readonly string[]): readonly string[] {
  let rest = [...words];
  for (;;) {
    const [first = '', second = ''] = rest;
    if (KEYWORDS.test(first) || (/^[A-Za-z_]\w*\+?=/.test(first) && rest.length > 0)) rest = rest.slice(1);
    else if (WRAPPERS.test(first) || (first === 'env' && rest.length > 1)) {
      rest = rest.slice(1);
      while (/^-|^\d+[smh]?$/.test(rest[0] ?? '')) {
        const takesValue = /^-(u|g|n|C)$/.test(rest[0] ?? '');
        rest = rest.slice(takesValue ? 2 : 1);
      }
    } else if (/\)$/.test(first) && second === '') rest = [];
    else return rest;
    if (rest.length === 0) return rest;
  }
}

/** What a command prints, where the script says it: `cat <<EOF`, `echo line`. */
function outputOf({ words, input }: Statement): string | undefined {
  if (input !== undefined) return input;
  const [program = '', ...args] = commandOf(words);
  return /^(echo|printf)$/.test(program) ? args.join(' ').replaceAll('\\n', '\n') : undefined;
}

/** `cat > file <<EOF`, `echo line >> file`, `tee file <<EOF` */
function writeFile(
  statement: Statement,
  program: string,
  args: readonly string[],
  shell: Shell,
  given: string | undefined,
): void {
  const isTee = program === 'tee';
  const target = isTee ? args.find((arg) => !arg.startsWith('-')) : statement.output;
  if (target === undefined || /^\/dev\//.test(target)) return;
  const content = outputOf(statement) ?? (isTee ? given : undefined);
  if (content === undefined) {
    if (isServerFile(target)) shell.notes.program(`writes \`${target}\` from elsewhere`);
    return;
  }
  shell.files.set(target, `${shell.files.get(target) ?? ''}${content}\n`);
  readConfig(target, content, shell.notes);
}

function readQuiet(name: string, args: readonly string[], { notes, files }: Shell): void {
  const target = args.at(-1) ?? '';
  if (name === 'sed' && args.some(isServerFile)) {
    const replaced = args.flatMap((arg) => /(?:^|;)\s*s(.)(?:.*?)\1(.*?)\1/.exec(arg)?.[2] ?? []);
    const claims = replaced.map((text) => readConfig('', text.trim(), notes)).reduce((a, b) => a + b, 0);
    if (claims === 0 && replaced.some((text) => /\d/.test(text))) notes.program(`edits \`${target}\``);
  }
  if (/^(cp|mv|ln|install|rsync)$/.test(name) && isServerFile(target)) {
    const source = args.filter((arg) => !arg.startsWith('-')).at(-2) ?? '';
    if (!files.has(source) && !/sites-available|\/dev\/null/.test(source))
      notes.program(`brings \`${target}\` from elsewhere`);
  }
  // The packaged configuration of Apache listens on 443 as soon as the module is there.
  if (/^(a2enmod|a2ensite)$/.test(name) && args.some((arg) => /ssl/.test(arg)))
    notes.claim(443, { source: 'package', evidence: 'package mod_ssl' });
  if (/^(tar|unzip)$/.test(name) && args.some(isServerFile)) notes.program('unpacks a configuration');
  if (name === 'source' || name === '.' || name === 'eval') notes.program(`runs \`${name}\``);
}

type Handler = (args: readonly string[], shell: Shell, statement: Statement) => void;

const install: Handler = (args, { notes }) => {
  const verb = args.findIndex((arg) => /^(install|add|in|localinstall|reinstall)$/.test(arg));
  if (args.some((arg) => /^(update|upgrade|dist-upgrade|install|add|in|refresh|makecache)$/.test(arg)))
    notes.need('installs packages');
  if (verb === -1) return;
  installPackages(
    args.slice(verb + 1).filter((arg) => !arg.startsWith('-')),
    notes,
  );
};

/** Notes what packages bring along. */
export function installPackages(packages: readonly string[], notes: Notes): void {
  for (const written of packages) {
    const name = written.replace(/[=<>].*$/, '').replace(/:[a-z0-9]+$/, '');
    if (name === '') continue;
    const server = knownServer(name) ?? knownServer(name.replace(/-\d[\d.]*$/, ''));
    if (server !== undefined) {
      for (const port of server.ports)
        notes.claim(port, { source: 'package', scope: server.scope ?? 'any', evidence: `package ${name}` });
    } else if (!isQuietPackage(name)) notes.program(`installs \`${name}\``);
  }
}

const services: Handler = (args, { notes, files, runUnit }) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const isStart = (word: string): boolean =>
    /^(start|restart|enable|reload|reload-or-restart|try-restart)$/.test(word);
  const units = isStart(words[0] ?? '') ? words.slice(1) : isStart(words[1] ?? '') ? words.slice(0, 1) : [];
  for (const unit of units) {
    const name = unit.replace(/\.(service|socket|timer)$/, '').replace(/@.*$/, '');
    const written = [...files.keys()].find((path) => path.endsWith(`/${name}.service`));
    if (written !== undefined) runUnit(files.get(written) ?? '');
    else if (knownServer(name) === undefined && !isQuietService(name))
      notes.program(`starts the service \`${name}\``);
  }
};

const container: Handler = (args, { notes }, statement) => {
  const [verb] = args.filter((arg) => !arg.startsWith('-'));
  if (verb === 'compose' || verb === 'stack' || verb === 'service' || verb === 'kube' || verb === 'start')
    notes.program(`runs \`docker ${verb}\``);
  if (verb === 'pull') needImage(args.at(-1) ?? '', notes);
  if (verb !== 'run' && verb !== 'create') return;
  if (/--net(work)?[= ]host\b/.test(args.join(' '))) {
    if (!readOptions(args, notes)) notes.program('runs a container on the network of the machine');
  }
  if (args.includes('-P') || args.includes('--publish-all'))
    notes.program('publishes the ports of a container');
  const flat = args.flatMap((arg) => arg.split(/^(--publish|-p)=/).filter((part) => part !== ''));
  flat.forEach((arg, index) => {
    const value = arg === '-p' || arg === '--publish' ? flat[index + 1] : /^-p(\S+)$/.exec(arg)?.[1];
    if (value === undefined) return;
    const match = /^(?:([\d.]+|\[[^\]]*\]|localhost):)?(\d+):\d+(?:\/(tcp|udp))?$/.exec(value);
    if (match === null) {
      notes.program('publishes a port of a container that is not known');
      return;
    }
    notes.claim(Number(match[2]), {
      source: 'bind',
      scope: /^127\.|^localhost$|^\[::1\]$/.test(match[1] ?? '') ? 'loopback' : 'any',
      protocol: match[3] === 'udp' ? 'udp' : 'tcp',
      evidence: statement.raw,
    });
  });
  needImage(imageOf(args.slice(args.indexOf(verb) + 1)) ?? '', notes);
};

const FLAGS =
  /^(-[dit]+|-P|--(detach|interactive|tty|rm|init|privileged|publish-all|read-only|no-healthcheck|sig-proxy|oom-kill-disable|quiet))$|^-[a-zA-Z]\S|^--[\w-]+=/;

/** The image among the arguments of `docker run`: the first word that is neither an option nor the value of one. */
function imageOf(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('-')) return arg;
    if (!FLAGS.test(arg)) index += 1;
  }
  return undefined;
}

/** Images come from Docker Hub unless their name starts with a host. A private registry may have an endpoint nearby. */
function needImage(image: string, notes: Notes): void {
  const host = image.includes('/') ? (image.split('/')[0] ?? '') : '';
  if (!host.includes('.') && image !== '') notes.need('pulls an image from docker.io');
  else if (/^(docker\.io|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com|registry\.k8s\.io)$/.test(host))
    notes.need(`pulls an image from ${host}`);
}

const download: Handler = (args, { notes }) => {
  for (const arg of args) {
    const host = internetHost(arg);
    if (host !== undefined) notes.need(`downloads from ${host}`);
  }
};

const interpreter: Handler = (args, shell, statement) => {
  const { notes, files, run } = shell;
  const [first = ''] = args.filter((arg) => !/^-[a-z]*[eux]+$/.test(arg));
  const command = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (command !== -1) {
    run(args[command + 1] ?? '');
    return;
  }
  if (statement.input !== undefined) {
    run(statement.input);
    return;
  }
  const written = files.get(first);
  if (written !== undefined) {
    run(written);
    return;
  }
  if (args.length === 1 && /^--?v(ersion)?$/.test(first)) return;
  notes.program(statement.piped ? 'runs a script that it downloads' : `runs \`${first}\``);
};

const program: Handler = (args, { notes, files }, statement) => {
  const { words, raw } = statement;
  const server = args.indexOf('http.server');
  if (server !== -1) {
    const port = args.slice(server + 1).find((arg) => /^\d+$/.test(arg)) ?? '8000';
    const bind = args[args.findIndex((arg) => /^(-b|--bind)$/.test(arg)) + 1];
    const isLocal =
      args.some((arg) => /^(-b|--bind)$/.test(arg)) && /^(127\.|localhost|::1)/.test(bind ?? '');
    notes.claim(Number(port), { source: 'bind', scope: isLocal ? 'loopback' : 'any', evidence: raw });
    return;
  }
  if (
    args.some((arg) => /^--?v(ersion)?$/i.test(arg)) ||
    (args[0] === '-m' && /^(pip|venv)$/.test(args[1] ?? ''))
  )
    return;
  const isOption = readOptions(args, notes);
  const file = args.find((arg) => files.has(arg));
  const content = file === undefined ? undefined : files.get(file);
  if (content !== undefined && readConfig(file ?? '', content, notes) > 0) return;
  if (!isOption) notes.program(`runs \`${words.slice(0, 4).join(' ')}\``);
};

const listen: Handler = (args, { notes }, { raw }) => {
  const text = args.join(' ').slice(0, LONGEST_WORD);
  const isUdp = /(^|\s)-\w*u|UDP/.test(text);
  const match =
    /(?:^|\s)-\w*l\w*\s+(?:-\w+\s+)*(\d+)/.exec(text) ??
    /-p\s*(?:[\d.]+:)?(\d+)/.exec(text) ??
    /(?:TCP|UDP)\d?-L(?:ISTEN)?:(\d+)/i.exec(text);
  if (match?.[1] === undefined) return;
  const isLocal = /bind=(127\.|localhost)|-s\s+127\.|127\.0\.0\.1:\d+/.test(text);
  notes.claim(Number(match[1]), {
    source: 'bind',
    scope: isLocal ? 'loopback' : 'any',
    protocol: isUdp ? 'udp' : 'tcp',
    evidence: raw,
  });
};

const firewall: Handler = (args, { notes }, { raw }) => {
  const text = args.join(' ');
  if (/REDIRECT|DNAT|to-ports?|--add-(forward-port|masquerade)/.test(text)) {
    notes.program('redirects ports');
    return;
  }
  const isUdp = /udp/i.test(text);
  const found = [
    ...text.matchAll(
      /(?:--add-port[= ]|--dports?[= ]|\ballow (?:in )?(?:proto \w+ )?(?:from \S+ )?(?:to \S+ )?(?:port )?)(\d+)/g,
    ),
  ];
  for (const [, port] of found)
    notes.claim(Number(port), { source: 'firewall', protocol: isUdp ? 'udp' : 'tcp', evidence: raw });
  if (/--add-service[= ]http\b|allow ('?Nginx (HTTP|Full)|'?Apache|http\b)/.test(text))
    notes.claim(80, { source: 'firewall', evidence: raw });
};

const server: Handler = (args, { notes }) => {
  if (
    args.some((arg) => /^-(t|v|V|k|s|c)$/.test(arg)) ||
    /^(validate|reload|configtest|graceful|restart)$/.test(args[0] ?? '')
  )
    return;
  if (!readOptions(args, notes)) notes.program('starts a server by hand');
};

/** What a project names is fetched from where its own files say; packages by name come from the registry. */
const packageTool: Handler = (args, { notes }) => {
  const verb = args.findIndex((arg) => /^(install|i|ci|add|restore)$/.test(arg));
  if (verb !== -1) {
    const rest = args.slice(verb + 1);
    const isProject = rest.some((arg) =>
      /^(-r|-e|-c|--requirement|--editable|--find-links|-f)$|[\\/]|\.(whl|gem|tgz|zip)$/.test(arg),
    );
    if (!isProject && rest.some((arg) => !arg.startsWith('-'))) notes.need('installs packages');
  } else if (!args.some((arg) => /^--?v(ersion)?$/.test(arg)) && !readOptions(args, notes))
    notes.program('starts a program');
};

const clone: Handler = (args, { notes }) => {
  for (const arg of args) {
    const host = internetHost(arg) ?? /^git@([\w.-]+):/.exec(arg)?.[1];
    if (host !== undefined) notes.need(`downloads from ${host}`);
  }
};

const HANDLERS: Readonly<Record<string, Handler>> = {
  'apt-get': install,
  apt: install,
  aptitude: install,
  yum: install,
  dnf: install,
  tdnf: install,
  microdnf: install,
  zypper: install,
  apk: install,
  'add-apt-repository': (_, { notes }) => notes.need('adds a package repository'),
  rpm: (args, shell, statement) => {
    download(args, shell, statement);
    if (args.some((arg) => /^-\w*[iU]/.test(arg))) shell.notes.program('installs a package file');
  },
  dpkg: (args, { notes }) => {
    if (args.some((arg) => /^-i|--install/.test(arg))) notes.program('installs a package file');
  },
  systemctl: services,
  service: services,
  docker: container,
  podman: container,
  nerdctl: container,
  curl: download,
  wget: download,
  git: clone,
  bash: interpreter,
  sh: interpreter,
  zsh: interpreter,
  su: interpreter,
  runuser: interpreter,
  dash: interpreter,
  python: program,
  python3: program,
  node: program,
  nodejs: program,
  java: program,
  dotnet: program,
  ruby: program,
  php: program,
  perl: program,
  nc: listen,
  ncat: listen,
  netcat: listen,
  socat: listen,
  httpd: server,
  apachectl: server,
  apache2ctl: server,
  nginx: server,
  haproxy: server,
  busybox: listen,
  ufw: firewall,
  'firewall-cmd': firewall,
  'firewall-offline-cmd': firewall,
  iptables: firewall,
  ip6tables: firewall,
  npm: packageTool,
  yarn: packageTool,
  pip: packageTool,
  pip3: packageTool,
  gem: packageTool,
};
