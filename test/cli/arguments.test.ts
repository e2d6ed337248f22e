import { parseArguments } from '../../src/cli/arguments.ts';

test.each<[string, string | undefined, readonly string[], Readonly<Record<string, readonly string[]>>]>([
  ['', undefined, [], {}],
  ['gate plan.json', 'gate', ['plan.json'], {}],
  ['gate -', 'gate', ['-'], {}],
  ['--strict gate plan.json --quiet', 'gate', ['plan.json'], { strict: [''], quiet: [''] }],
  ['gate --only a plan.json --only=b', 'gate', ['plan.json'], { only: ['a', 'b'] }],
  ['gate --format json=a=b.json p', 'gate', ['p'], { format: ['json=a=b.json'] }],
  // The value of --terraform is never the next argument, which is the plan.
  ['gate --terraform tfplan', 'gate', ['tfplan'], { terraform: [''] }],
  ['gate --terraform=tofu tfplan', 'gate', ['tfplan'], { terraform: ['tofu'] }],
  ['check -- --strict -', 'check', ['--strict', '-'], {}],
  ['-- gate x', 'gate', ['x'], {}],
  ['-h', undefined, [], { help: [''] }],
  ['help gate', 'help', ['gate'], {}],
  ['policies --strict --help', 'policies', [], { strict: [''], help: [''] }],
])('`%s` is taken apart', (line, command, operands, options) => {
  const parsed = parseArguments(line === '' ? [] : line.split(' '));
  expect({ ...parsed, options: Object.fromEntries(parsed.options) }).toEqual({ command, operands, options });
});
