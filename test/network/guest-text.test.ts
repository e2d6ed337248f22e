import { guestTexts, mentionsOf } from '../../src/network/guest-text.ts';
import { known } from '../../src/value/value.ts';

const VIP = '10.0.1.100';
const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '' } as const;

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

const encode = (text: string): string => Buffer.from(text).toString('base64');

test('custom data is decoded, also a base64 file inside it', () => {
  const inner = encode('#!/bin/sh\ncurl http://10.0.1.100/orders/v1\n');
  const value = known(encode(`#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${inner}\n`), ORIGIN);
  const [text] = guestTexts({ kind: 'custom-data', value });
  expect(mentionsOf(text ?? '', VIP)).toEqual([{ port: 80 }]);
});

test('extension settings are read per entry, the script of a Linux extension decoded', () => {
  const settings = { commandToExecute: 'sh run.sh 10.0.1.100', script: encode('curl http://10.0.1.100:90/') };
  const texts = guestTexts({ kind: 'extension-settings', value: known(JSON.stringify(settings), ORIGIN) });
  expect(texts.flatMap((text) => mentionsOf(text, VIP))).toEqual([{}, { port: 90 }]);
});

test('what is not text gives nothing to read', () => {
  const gzip = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xfe]).toString('base64');
  expect(
    guestTexts({ kind: 'custom-data', value: known(gzip, ORIGIN) }).some((text) => text.includes(VIP)),
  ).toBe(false);
});
