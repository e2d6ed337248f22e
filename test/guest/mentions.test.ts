import { mentionsOf } from '../../src/guest/mentions.ts';
import { encode, guestOfText, guestWith } from '../support/guest.ts';

const VIP = '10.0.1.100';

test.each([
  ['curl http://10.0.1.100/orders', [{ port: 80 }]],
  ['curl https://10.0.1.100/orders', [{ port: 443 }]],
  ['curl http://10.0.1.100:8080/orders', [{ port: 8080 }]],
  ['curl http://user:secret@10.0.1.100/', [{ port: 80 }]],
  ['exec 3<>/dev/tcp/10.0.1.100/5432', [{ port: 5432 }]],
  ['PGHOST=10.0.1.100', [{}]],
  ['redis://10.0.1.100', [{}]],
  ['upstream: ["10.0.1.100:80", "10.0.1.100:81"]', [{ port: 80 }, { port: 81 }]],
])('a call is found in %j', (text, mentions) => {
  expect(mentionsOf(text, VIP)).toEqual(mentions);
});

test.each([
  'curl http://110.0.1.100/',
  'curl http://10.0.1.1001/',
  'curl http://10.0.1.100.example.com.10.0.1.10/'.replace('10.0.1.100.', '10.0.1.100.5.'),
  '# curl http://10.0.1.100/',
  'rem curl http://10.0.1.100/',
  'allow 10.0.1.100/32',
  'listen 10.0.1.100:80;',
  'bind 10.0.1.100:443 ssl',
  'ip addr add 10.0.1.100/32 dev lo',
  'ip addr add 10.0.1.100/32 dev lo\ncurl http://10.0.1.100/',
  'New-NetIPAddress -IPAddress 10.0.1.100 -InterfaceAlias Loopback',
])('%j is no call', (text) => {
  expect(mentionsOf(text, VIP)).toEqual([]);
});

test.each([
  ['curl http://orders.internal/', [{ port: 80 }]],
  ['curl https://ORDERS.internal:8443/', [{ port: 8443 }]],
  ['curl http://neworders.internal/', []],
  ['curl http://orders.internal.example.com/', []],
  ['server_name orders.internal;', []],
])('the name in %j is found as a whole', (text, mentions) => {
  expect(mentionsOf(text, 'orders.internal')).toEqual(mentions);
});

test('custom data is decoded, also a base64 file inside it', () => {
  const inner = encode('#!/bin/sh\ncurl http://10.0.1.100/orders/v1\n');
  const { texts } = guestOfText(`#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${inner}\n`);
  expect(texts.flatMap(({ text }) => mentionsOf(text, VIP))).toEqual([{ port: 80 }]);
});

test('extension settings are read per entry, the script of a Linux extension decoded', () => {
  const settings = { commandToExecute: 'sh run.sh 10.0.1.100', script: encode('curl http://10.0.1.100:90/') };
  const linux = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', settings };
  const { texts } = guestWith({}, linux);
  const ports = texts.flatMap(({ text }) => mentionsOf(text, VIP)).map(({ port }) => port);
  expect(new Set(ports)).toEqual(new Set([undefined, 90]));
});

test('what is not text gives nothing to read', () => {
  const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe]).toString('base64');
  const { texts } = guestWith({ osProfile: { customData: gzip } });
  expect(texts.some(({ text }) => text.includes(VIP))).toBe(false);
});
