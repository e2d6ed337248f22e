import { gzipSync } from 'node:zlib';
import type { Unknown } from '../../src/value/value.ts';
import { claimsOf, encode, guestOfText, guestWith, reasonsOf, UBUNTU, WINDOWS } from '../support/guest.ts';

const LINUX = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript' };
const ON_WINDOWS = { publisher: 'Microsoft.Compute', type: 'CustomScriptExtension' };

/** Commands and the ports they claim; nothing stays hidden behind them. */
test.each([
  ['apt-get update && apt-get install -y nginx', ['80 package']],
  ['sudo apt install -y apache2 curl jq', ['80 package']],
  ['dnf -y install httpd\nsystemctl enable --now httpd', ['80 package']],
  ['yum install -y haproxy', []],
  ['docker run -d --restart always -p 8080:80 example/app:1', ['8080']],
  ['docker run -d -p 127.0.0.1:8080:80 example/app:1', ['127.0.0.1:8080']],
  ['docker run -d --publish=53:5353/udp example/dns:1', ['udp/53']],
  ['python3 -m http.server 8000', ['8000']],
  ['nohup python3 -m http.server --bind 127.0.0.1 8000 &', ['127.0.0.1:8000']],
  ['nc -lk 9000', ['9000']],
  ['socat TCP-LISTEN:7000,fork TCP:10.0.0.9:7000', ['7000']],
  ['/opt/app/server --port 8080', ['8080']],
  ['/opt/app/server --listen-address=127.0.0.1:9090', ['127.0.0.1:9090']],
  ['gunicorn -b 0.0.0.0:8000 app:app', ['8000']],
  ['ufw allow 8443/tcp', ['8443 firewall']],
  ['firewall-cmd --permanent --add-port=8443/tcp', ['8443 firewall']],
  ['PORT=8088\ndocker run -p $PORT:80 example/app:1', ['8088']],
  [
    "cat > /etc/nginx/conf.d/app.conf <<'EOF'\nserver {\n  listen 8081;\n  listen [::]:8081;\n}\nEOF",
    ['8081', '8081'],
  ],
  ['echo "Listen 8082" >> /etc/httpd/conf/httpd.conf', ['8082']],
  ["sed -i 's/Listen 80/Listen 8083/' /etc/apache2/ports.conf", ['8083']],
  [
    'cat > /etc/haproxy/haproxy.cfg <<EOF\nfrontend in\n  bind *:6443\nEOF\nsystemctl restart haproxy',
    ['6443'],
  ],
  ['cat <<EOF | sudo tee /etc/nginx/conf.d/a.conf > /dev/null\nlisten 8084;\nEOF', ['8084']],
  ['echo "listen 8085;" | tee /etc/nginx/conf.d/b.conf', ['8085']],
  [
    'apt-get update -y\napt-get install -y nginx\necho "Hello" $HOSTNAME "!" | sudo tee -a /var/www/html/index.html',
    ['80 package'],
  ],
  ['dnf install -y httpd mod_ssl', ['80 package', '443 package']],
  ['apt-get install -y apache2\na2enmod ssl', ['80 package', '443 package']],
  ['for i in 1 2 3; do\n  if [ -f /x ]; then echo yes; else sleep 1; fi\ndone', []],
  ['# docker run -p 1:1 x/y\n', []],
])('the script %j claims %j and hides nothing', (script, claims) => {
  const guest = guestOfText(`#!/bin/bash\n${script}\n`);
  expect(claimsOf(guest)).toEqual(claims);
  expect(reasonsOf(guest)).toEqual([]);
});

/** Commands behind which anything may listen. */
test.each([
  'curl -fsSL https://get.example.com/install.sh | bash',
  './start.sh',
  'systemctl start orders',
  'node server.js',
  'java -jar app.jar',
  'docker compose up -d',
  'docker run --network host example/app:1',
  'kubeadm init',
  'apt-get install -y orders-service',
  'rpm -i https://packages.example.com/app.rpm',
  'iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-port 8080',
  'cp /opt/conf/site.conf /etc/nginx/conf.d/site.conf',
  "sed -i 's/80/8080/' /etc/apache2/ports.conf",
  'source /opt/start',
  'su - app -c "node server.js"',
  'cat list | xargs run',
  'cat > /etc/systemd/system/a.service <<END\n[Service]\nExecStart=/opt/a --port 81\nEND\nsystemctl start a\n/opt/b',
  'printf "x" | /opt/filter',
])('behind the command %j more may listen', (command) => {
  expect(guestOfText(`#!/bin/sh\napt-get install -y nginx\n${command}\n`).opacity).not.toEqual([]);
});

test('a cloud-config claims what its packages, files and commands do', () => {
  const guest = guestOfText(`#cloud-config
packages: [nginx, jq]
write_files:
  - path: /etc/nginx/conf.d/api.conf
    content: |
      server { 
        listen 127.0.0.1:8090;
      }
  - path: /opt/hello.py
    encoding: b64
    content: ${encode("app.run(host='0.0.0.0', port=5000)\n")}
runcmd:
  - [systemctl, restart, nginx]
  - python3 /opt/hello.py
`);
  expect(new Set(claimsOf(guest))).toEqual(new Set(['127.0.0.1:8090', '5000', '80 package']));
  expect(reasonsOf(guest)).toEqual([]);
});

test('files that start by themselves are read as scripts', () => {
  const of = (path: string, content: string): unknown => {
    const guest = guestOfText(`#cloud-config\nwrite_files:\n  - path: ${path}\n    content: '${content}'\n`);
    return [claimsOf(guest), reasonsOf(guest).length];
  };
  expect(of('/var/lib/cloud/scripts/per-boot/a.sh', '/opt/a --port 8080')).toEqual([['8080'], 0]);
  expect(of('/etc/cron.d/a', '@reboot root /opt/a')).toEqual([[], 1]);
  expect(of('/etc/cron.d/b', '5 4 * * * root /opt/b')).toEqual([[], 0]);
});

test('a unit that is written is what its service starts', () => {
  const unit = `#cloud-config
write_files:
  - path: /etc/systemd/system/web.service
    content: |
      [Service]
      Environment=ASPNETCORE_URLS=http://127.0.0.1:5000
      ExecStart=/usr/bin/dotnet /opt/web.dll
  - path: /etc/systemd/system/hello.service
    content: |
      [Service]
      ExecStart=/usr/bin/python3 -m http.server 8000
runcmd:
  - systemctl enable --now hello
`;
  expect(claimsOf(guestOfText(unit))).toEqual(['127.0.0.1:5000', '8000']);
});

test('custom data is also read as plain text, compressed, and in MIME parts', () => {
  const script = '#!/bin/sh\napt-get install -y nginx\n';
  const mime = `Content-Type: multipart/mixed; boundary="cut"\n\n--cut\nContent-Type: text/x-shellscript\n\n${script}\n--cut--\n`;
  const texts = [script, gzipSync(script).toString('base64'), encode(mime)];
  expect(texts.map((customData) => claimsOf(guestWith({ osProfile: { customData } })))).toEqual([
    ['80 package'],
    ['80 package'],
    ['80 package'],
  ]);
  expect(claimsOf(guestWith({ userData: encode(script) }))).toEqual(['80 package']);
});

test('the Custom Script extension of Linux is read, its files and protected settings are not', () => {
  const script = gzipSync('apt-get install -y nginx').toString('base64');
  expect(claimsOf(guestWith({}, { ...LINUX, settings: { script } }))).toEqual(['80 package']);
  const command = { commandToExecute: 'apt-get install -y nginx' };
  const open = guestWith({}, { ...LINUX, settings: command, protectedSettings: {} });
  expect([claimsOf(open), reasonsOf(open)]).toEqual([['80 package'], []]);
  const files = { ...command, fileUris: ['https://raw.githubusercontent.com/contoso/setup/main/setup.sh'] };
  const hidden = guestWith({}, { ...LINUX, settings: files });
  expect(reasonsOf(hidden)).toEqual(['the files an extension downloads cannot be read']);
  expect(hidden.needs.map(({ what }) => what)).toContain('downloads from raw.githubusercontent.com');
  const secret = guestWith({}, { ...LINUX, protectedSettings: command });
  expect([claimsOf(secret), reasonsOf(secret)]).toEqual([[], ['protected settings cannot be read']]);
});

test('commands of Windows are read', () => {
  const windows = { storageProfile: { imageReference: WINDOWS } };
  const of = (commandToExecute: string): unknown => {
    const guest = guestWith(windows, { ...ON_WINDOWS, settings: { commandToExecute } });
    return [claimsOf(guest), reasonsOf(guest)];
  };
  const install = 'powershell -ExecutionPolicy Unrestricted Install-WindowsFeature -Name Web-Server';
  expect(of(install)).toEqual([['80 package'], []]);
  expect(
    of(
      'powershell.exe -Command "Add-WindowsFeature Web-Server; New-NetFirewallRule -LocalPort 8080 -Protocol TCP"',
    ),
  ).toEqual([['80 package', '8080 firewall'], []]);
  expect(of('powershell New-Website -Name shop -Port 8080 -IPAddress 127.0.0.1')).toEqual([
    ['127.0.0.1:8080'],
    [],
  ]);
  const documented =
    'powershell Add-WindowsFeature Web-Server; powershell Add-Content -Path "C:\\\\inetpub\\\\wwwroot\\\\Default.htm" -Value $($env:computername)';
  expect(of(documented)).toEqual([['80 package'], []]);
  expect(of('powershell -File setup.ps1')).toEqual([[], ['runs a script file']]);
});

test.each([
  ['DSC', { publisher: 'Microsoft.Powershell', type: 'DSC' }],
  ['an extension nobody knows', { publisher: 'Contoso', type: 'Runner' }],
])('%s hides what it does', (_, extension) => {
  expect(guestWith({}, extension).opacity).toHaveLength(1);
});

test('an agent that watches hides nothing', () => {
  expect(
    guestWith({}, { publisher: 'Microsoft.Azure.Monitor', type: 'AzureMonitorLinuxAgent' }).opacity,
  ).toEqual([]);
});

test('gallery applications, private images and images of the marketplace hide what they bring', () => {
  const application = { applicationProfile: { galleryApplications: [{ packageReferenceId: '/apps/1' }] } };
  const images = [
    { id: '/subscriptions/s/providers/Microsoft.Compute/images/golden' },
    { publisher: 'MicrosoftSQLServer', offer: 'sql2022-ws2022' },
  ];
  expect(guestWith(application).opacity).toHaveLength(1);
  for (const imageReference of images) {
    const guest = guestWith({ storageProfile: { imageReference } });
    expect([guest.isGenericImage, guest.opacity.length]).toEqual([false, 1]);
  }
  expect(guestWith({ storageProfile: { imageReference: UBUNTU } })).toMatchObject({
    isGenericImage: true,
    opacity: [],
  });
});

test('the application health extension says where the platform asks', () => {
  const settings = { protocol: 'http', port: 8080, requestPath: '/healthz' };
  const guest = guestWith(
    {},
    { publisher: 'Microsoft.ManagedServices', type: 'ApplicationHealthLinux', settings },
  );
  expect(guest.healthChecks).toMatchObject([{ port: 8080, protocol: 'http', path: '/healthz' }]);
  expect([claimsOf(guest), guest.opacity]).toEqual([['8080 health'], []]);
});

test('a text around something unknown is read, and says what it waits for', () => {
  const origin = { kind: 'json', path: 'main.json', pointer: '' } as const;
  const part: Unknown = {
    kind: 'unknown',
    reason: { kind: 'parameter', name: 'port' },
    origin,
    expression: "parameters('port')",
  };
  const text: Unknown = {
    ...part,
    parts: ['#!/bin/sh\napt-get install -y nginx\ndocker run -p ', part, ':80 a/b\n'],
    expression: 'format()',
  };
  const encoded: Unknown = {
    kind: 'unknown',
    reason: part.reason,
    origin,
    parts: [text],
    expression: 'base64(format())',
  };
  for (const customData of [text, encoded]) {
    const guest = guestWith({ osProfile: { customData } });
    expect(claimsOf(guest)).toContain('80 package');
    expect(guest.opacity.flatMap(({ waitsFor }) => waitsFor?.reason.name ?? [])).toEqual(['port']);
  }
});

test('secret texts leave no words behind', () => {
  const origin = { kind: 'json', path: 'main.json', pointer: '' } as const;
  const value = encode('#!/bin/sh\n/opt/swordfish --port 8080\nswordfish\n');
  const customData = { kind: 'known', value, origin, sensitive: true };
  const { claims, opacity, needs } = guestWith({ osProfile: { customData } });
  expect(claims).toHaveLength(1);
  expect(JSON.stringify([claims, opacity, needs])).not.toContain('swordfish');
});

test('hostile texts end within limits', () => {
  const laughs = ['#cloud-config', 'a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [pair[0], pair[1]]))
    laughs.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`);
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024)).toString('base64');
  const texts = [
    `${laughs.join('\n')}\n`,
    `#cloud-config\na: ${'['.repeat(50_000)}`,
    `#!/bin/sh\n${'echo $('.repeat(50_000)}`,
    `#!/bin/sh\n${'true; '.repeat(150_000)}`,
    `#!/bin/sh\n${'"'.repeat(300_000)}`,
    `#!/bin/sh\n${'<<a '.repeat(100_000)}`,
    `#!/bin/sh\n${'\n'.repeat(900_000)}x`,
    `#!/bin/sh\n${`nc -${'l'.repeat(900)} `.repeat(1000)}`,
    `#!/bin/sh\nnc -${'l'.repeat(900_000)}`,
    `#!/bin/sh\nsed -i '${';sa'.repeat(300_000)}' /etc/nginx/nginx.conf`,
    `#!/bin/sh\n${`listen ${'1.'.repeat(140)}\n`.repeat(3000)}`,
    `#!/bin/sh\ncat > /a <<EOF\n${'bash /a\n'.repeat(100_000)}EOF\nbash /a\n`,
    `#!/bin/sh\ncurl https://${'privatelink.'.repeat(80_000)}-\n`,
  ];
  const start = performance.now();
  for (const text of texts) guestOfText(text);
  guestWith({ osProfile: { customData: bomb } });
  const sites = `New-Website ${'1'.repeat(900_000)}`;
  guestWith({ storageProfile: { imageReference: WINDOWS }, osProfile: { customData: encode(sites) } });
  expect(performance.now() - start).toBeLessThan(15_000);
});
