import { inputLines } from '../../src/report/inputs-text.ts';
import { unknown } from '../../src/value/value.ts';

const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '' } as const;

function lineOf(name: string): string | undefined {
  return inputLines([unknown({ kind: 'known-after-apply', name }, ORIGIN)])[0];
}

test.each([
  'random_integer.port.result',
  'random_integer.feed_port.result',
  'module.web["a.b_c"].random_integer.feed_port[0].result',
])('%s names an attribute', (name) => {
  expect(lineOf(name)).toBe(`${name} (known only after apply)`);
});

test.each([
  'azurerm_subnet.main',
  'data.azurerm_subnet.main',
  'module.network["a.b_c"].azurerm_subnet.snet_web',
  'azurerm_subnet.main["a_b.c"]',
])('%s names no attribute', (name) => {
  expect(lineOf(name)).toBe(`${name} (the plan does not show which of its attributes or instances)`);
});
