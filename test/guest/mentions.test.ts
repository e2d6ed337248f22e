import { mentionsOf } from '../../src/guest/mentions.ts';
import { quoteText } from '../../src/guest/quote.ts';
import { encode, guestOfText, guestWith } from '../support/guest.ts';

const VIP = '10.0.1.100';

/** What a text says of the address: `call 80`, `cluster`, `mention`. */
function usesOf(text: string, address = VIP): readonly string[] {
  return mentionsOf(text, address).map(({ usage, port }) =>
    port === undefined ? usage : `${usage} ${port}`,
  );
}

test.each([
  ['curl http://10.0.1.100/orders', ['call 80']],
  ['curl https://10.0.1.100/orders', ['call 443']],
  ['curl http://10.0.1.100:8080/orders', ['call 8080']],
  ['curl http://10.0.1.100/404', ['call 80']],
  ['curl http://user:secret@10.0.1.100/', ['call 80']],
  ['sudo /usr/bin/curl -fsS 10.0.1.100', ['call 80']],
  ['exec 3<>/dev/tcp/10.0.1.100/5432', ['call 5432']],
  ['until nc -z 10.0.1.100 6379; do sleep 1; done', ['call 6379']],
  ['psql -h 10.0.1.100 -p 6432 orders', ['call 6432']],
  ['psql -h 10.0.1.100 orders', ['call 5432']],
  ['ssh admin@10.0.1.100', ['call 22']],
  ["sqlcmd -S tcp:10.0.1.100,1433 -Q 'select 1'", ['call 1433']],
  ['Invoke-WebRequest -Uri http://10.0.1.100/', ['call 80']],
  ['$client = New-Object System.Net.Sockets.TcpClient("10.0.1.100", 9092)', ['call 9092']],
  ['PGHOST=10.0.1.100', ['call']],
  ['docker run -e ORDERS_HOST=10.0.1.100 shop', ['call']],
  ['  "ordersEndpoint": "10.0.1.100"', ['call']],
  ['connectionString = "Server=10.0.1.100;Database=orders"', ['call']],
  ['redis://10.0.1.100', ['call 6379']],
  ['proxy_pass http://10.0.1.100;', ['call 80']],
  ['server orders 10.0.1.100:8080 check', ['call 8080']],
  ['upstream: ["10.0.1.100:80", "10.0.1.100:81"]', ['call 80', 'call 81']],
  ['brokers:\n  - 10.0.1.100\n', ['call']],
  ['LB=10.0.1.100\ncurl http://$LB/orders\n', ['mention', 'call 80']],
  [`$vip = '10.0.1.100'\nInvoke-RestMethod http://\${vip}:8080/\n`, ['mention', 'call 8080']],
])('a call is found in %j', (text, uses) => {
  expect(usesOf(text)).toEqual(uses);
});

test.each([
  ['retry_join = ["10.0.1.100"]', ['cluster']],
  ['consul agent -retry-join=10.0.1.100', ['cluster']],
  ['retry_join:\n  - "10.0.1.100"\n', ['cluster']],
  ['leader_api_addr = "https://10.0.1.100:8200"', ['cluster 8200']],
  ['cluster_addr = "https://10.0.1.100:8201"', ['cluster 8201']],
  ['etcd --initial-advertise-peer-urls https://10.0.1.100:2380', ['cluster 2380']],
  ['discovery.seed_hosts: ["10.0.1.100"]', ['cluster']],
])('members of a cluster look for each other in %j', (text, uses) => {
  expect(usesOf(text)).toEqual(uses);
});

test.each([
  'sh run.sh 10.0.1.100',
  'powershell -File ./deploy.ps1 -BrokerIp 10.0.1.100 -Count 2',
  '10.0.1.100',
  'VIP=10.0.1.100',
  'external_url: http://10.0.1.100:8080',
  'VIP=10.0.1.100\nVIP=$(hostname -i)\ncurl http://$VIP/\n',
  'echo "10.0.1.100 orders.contoso.internal" >> /etc/hosts',
])('what is done with the address is not said in %j', (text) => {
  expect(usesOf(text).map((use) => use.replace(/ .*/, ''))).toEqual(['mention']);
});

test.each([
  'curl http://110.0.1.100/',
  'curl http://10.0.1.1001/',
  'curl http://10.0.1.100.5.example.com.10.0.1.10/',
  '# curl http://10.0.1.100/',
  'rem curl http://10.0.1.100/',
  'allow 10.0.1.100/32',
  'listen 10.0.1.100:80;',
  'bind 10.0.1.100:443 ssl',
  'bind_address = "10.0.1.100"',
  'docker run -p 10.0.1.100:80:8080 shop',
  'ip addr add 10.0.1.100/32 dev lo',
  'ip addr add 10.0.1.100/32 dev lo\ncurl http://10.0.1.100/',
  'New-NetIPAddress -IPAddress 10.0.1.100 -InterfaceAlias Loopback',
  'ALLOWED_HOSTS=10.0.1.100',
  'no_proxy=localhost,10.0.1.100',
  'external_host: 10.0.1.100',
  'certSANs:\n  - 10.0.1.100\n',
  'subjectAltName = IP:10.0.1.100',
  'kubeadm init --tls-san 10.0.1.100',
  'ping -c 3 10.0.1.100',
  'iptables -A INPUT -d 10.0.1.100 -j ACCEPT',
])('%j is no call', (text) => {
  expect(usesOf(text)).toEqual([]);
});

test.each([
  ['curl http://orders.internal/', ['call 80']],
  ['curl https://ORDERS.internal:8443/', ['call 8443']],
  ['curl http://neworders.internal/', []],
  ['curl http://orders.internal.example.com/', []],
  ['server_name orders.internal;', []],
])('the name in %j is found as a whole', (text, uses) => {
  expect(usesOf(text, 'orders.internal')).toEqual(uses);
});

test.each([
  ['curl -u admin:hunter2 http://10.0.1.100/', 'curl -u admin:*** http://10.0.1.100/'],
  ['curl http://admin:hunter2@10.0.1.100/', 'curl http://admin:***@10.0.1.100/'],
  ['Server=10.0.1.100;User Id=sa;Password=hunter2;', 'Server=10.0.1.100;User Id=sa;Password=***;'],
  ['DB_PASSWORD="hunter2" psql -h 10.0.1.100', 'DB_PASSWORD="***" psql -h 10.0.1.100'],
  ['deploy -AdminPasswd hunter2 -Broker 10.0.1.100', 'deploy -AdminPasswd *** -Broker 10.0.1.100'],
  ['mysql -h 10.0.1.100 -u root -phunter2', 'mysql -h 10.0.1.100 -u root -p***'],
  ["curl -H 'Authorization: Bearer hunter2' 10.0.1.100", "curl -H 'Authorization: Bearer ***' 10.0.1.100"],
  ['TOKEN=hunter2 curl 10.0.1.100', 'TOKEN=*** curl 10.0.1.100'],
  ['curl 10.0.1.100/?sig=hunter2&x=1', 'curl 10.0.1.100/?sig=***&x=1'],
  [`curl 10.0.1.100/${'aB3d'.repeat(12)}`, 'curl 10.0.1.100/***'],
])('the quotation of %j holds no secret', (line, quote) => {
  expect(quoteText(line, VIP)).toBe(quote);
});

test('a long line is quoted around the address, a short one whole', () => {
  const long = `${'echo and so on; '.repeat(20)}curl http://10.0.1.100/orders; ${'echo done; '.repeat(20)}`;
  const quote = quoteText(long, VIP);
  expect(quote.length).toBeLessThanOrEqual(80);
  expect(quote).toMatch(/^\.\.\..*10\.0\.1\.100.*\.\.\.$/);
  expect(quoteText('  curl   10.0.1.100\t')).toBe('curl 10.0.1.100');
});

test('custom data is decoded, also a base64 file inside it', () => {
  const inner = encode('#!/bin/sh\ncurl http://10.0.1.100/orders/v1\n');
  const { texts } = guestOfText(`#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${inner}\n`);
  expect(texts.flatMap(({ text }) => usesOf(text))).toEqual(['call 80']);
});

test('extension settings are read per entry, the script of a Linux extension decoded', () => {
  const settings = { commandToExecute: 'sh run.sh 10.0.1.100', script: encode('curl http://10.0.1.100:90/') };
  const linux = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', settings };
  const { texts } = guestWith({}, linux);
  const uses = texts.flatMap(({ text }) => usesOf(text));
  expect(new Set(uses)).toEqual(new Set(['mention', 'call 90']));
});

test('what is not text gives nothing to read', () => {
  const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe]).toString('base64');
  const { texts } = guestWith({ osProfile: { customData: gzip } });
  expect(texts.some(({ text }) => text.includes(VIP))).toBe(false);
});
