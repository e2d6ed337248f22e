import { Buffer } from 'node:buffer';
import { decodeText, encodingOf } from '../../../src/sources/terraform-plan/decode-text.ts';

const TEXT = '{"name":"Zürich 😀"}\r\n';
const MARK = '\ufeff';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', 'utf-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', 'utf-8', Buffer.from(MARK + TEXT)],
  ['UTF-16LE with a mark, as Windows PowerShell redirects', 'utf-16le', Buffer.from(MARK + TEXT, 'utf16le')],
  ['UTF-16LE without a mark', 'utf-16le', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16BE with a mark', 'utf-16be', utf16be(MARK + TEXT)],
  ['UTF-16BE without a mark', 'utf-16be', utf16be(TEXT)],
])('%s is decoded to the text without a mark', (_, encoding, bytes) => {
  expect(encodingOf(bytes)).toBe(encoding);
  expect(decodeText(bytes)).toBe(TEXT);
});

test('the marks are those of the Unicode standard', () => {
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('A');
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0x00))).toBe('A');
  expect(decodeText(Uint8Array.of(0xfe, 0xff, 0x00, 0x41))).toBe('A');
});

test.each([
  ['UTF-32LE with a mark', [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]],
  ['UTF-32LE without a mark', [0x7b, 0, 0, 0, 0x7d, 0, 0, 0]],
  ['Windows-1252', [0x22, 0x5a, 0xfc, 0x72, 0x22]],
  ['gzip', [0x1f, 0x8b, 0x08, 0x00, 0xff]],
  ['UTF-8 that is cut in a character', [0x22, 0xc3]],
])('%s is not decoded without loss', (_, bytes) => {
  expect(encodingOf(Uint8Array.from(bytes))).toBe('unknown');
});

test('no bytes are an empty text', () => {
  expect(decodeText(new Uint8Array())).toBe('');
});

test('half a unit at the end of UTF-16 is left out', () => {
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d))).toBe('{');
  expect(decodeText(Uint8Array.of(0xfe, 0xff, 0x00, 0x7b, 0x00))).toBe('{');
});

test('a view into a larger buffer is read on its own, and left as it is', () => {
  const whole = Uint8Array.of(0x58, 0xfe, 0xff, 0x00, 0x41, 0x58);
  expect(decodeText(whole.subarray(1, 5))).toBe('A');
  expect(whole).toEqual(Uint8Array.of(0x58, 0xfe, 0xff, 0x00, 0x41, 0x58));
});

test('only one mark is taken away', () => {
  expect(decodeText(Buffer.from(`${MARK}${MARK}{}`))).toBe(`${MARK}{}`);
});
