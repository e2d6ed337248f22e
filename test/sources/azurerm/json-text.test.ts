import { fromJson } from '../../../src/sources/azurerm/json-text.ts';
import type { Origin } from '../../../src/text/origin.ts';
import { known } from '../../../src/value/value.ts';
import { ref, secret, show, textAround, unsetVariable } from '../../support/terraform-instance.ts';

const ORIGIN: Origin = { kind: 'json', path: 'plan.json', pointer: '/body' };
const PORT = unsetVariable('port');

test('JSON text is the data it spells, with null as nothing', () => {
  expect(show(fromJson(known('{"A":{"b":[1,true,"x"]},"n":null}', ORIGIN)))).toEqual({
    a: { b: [1, true, 'x'] },
  });
});

test.each(['plain text', '{"open":', '12', '"text"', `${'['.repeat(70)}${']'.repeat(70)}`])(
  '%j stays text',
  (text) => {
    const value = known(text, ORIGIN);
    expect(fromJson(value)).toBe(value);
  },
);

test('what comes out of a secret is secret', () => {
  expect(fromJson(secret('{"key":"x"}'))).toMatchObject({
    fields: new Map([['key', expect.objectContaining({ sensitive: true })]]),
  });
});

test('a part that is not known is a field or an item of its own, with and without quotes', () => {
  const id = ref('azurerm_subnet.s.id');
  const value = fromJson(
    textAround('{"subnet":{"id":"', id, '"},"port":', PORT, ',"more":["a",', PORT, ']}'),
  );
  expect(show(value)).toEqual({
    subnet: { id: '-> {azurerm_subnet.s}.id' },
    port: '?',
    more: ['a', '?'],
  });
});

test('a part within a text leaves the text around it', () => {
  const value = fromJson(textAround('{"command":"say \\"', PORT, '\\" twice ', PORT, '","plain":"x"}'));
  expect(value).toMatchObject({
    fields: new Map<string, unknown>([
      ['command', { kind: 'unknown', reason: PORT.reason, parts: ['say "', PORT, '" twice ', PORT] }],
      ['plain', { kind: 'known', value: 'x' }],
    ]),
  });
});

test('text around an unknown part that is no JSON stays as it is', () => {
  const value = textAround('port=', PORT);
  expect(fromJson(value)).toBe(value);
});
