import { createBicepFiles } from '../../../src/sources/bicep/bicep-file.ts';
import { readBicep } from '../../../src/sources/bicep/read-bicep.ts';

test('a file is parsed once, and again when it has another text or path', () => {
  const open = createBicepFiles();
  const first = open('a.bicep', 'param a string');
  expect(open('a.bicep', 'param a string')).toBe(first);
  expect(open('b.bicep', 'param a string')?.path).toBe('b.bicep');
  expect(open('a.bicep', 'param b string')?.declared.has('b')).toBe(true);
  expect(open('a.bicep', 'x'.repeat(2_000_000))).toBeUndefined();
});

test('roots that share a parsed module say what they say alone', () => {
  const files: Readonly<Record<string, string>> = {
    'nic.bicep': `param name string\nresource nic 'Microsoft.Network/networkInterfaces@2024-05-01' = { name: name, properties: { ipConfigurations: [ } }`,
  };
  const rootOf = (name: string): string =>
    `module nic 'nic.bicep' = { name: 'nic', params: { name: '${name}' } }\n`;
  const readFile = (path: string): string | undefined => files[path];
  const openFile = createBicepFiles();
  for (const name of ['one', 'two', 'one']) {
    const input = { path: `${name}.bicep`, text: rootOf(name), readFile };
    const alone = readBicep(input);
    const shared = readBicep({ ...input, openFile });
    expect(shared.problems.length).toBeGreaterThan(0);
    expect(shared.problems).toEqual(alone.problems);
    expect(shared.model.resources.map(({ id }) => id)).toEqual(alone.model.resources.map(({ id }) => id));
  }
});
