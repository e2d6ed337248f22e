import { buildNetwork } from '../../src/network/network.ts';
import { isServiceTag, isTagWord, tagName } from '../../src/network/service-tags.ts';
import { estate, rule } from '../support/estate.ts';

test.each([
  'Internet',
  'virtualnetwork',
  'AzureLoadBalancer',
  'AzureCloud',
  'AzureCloud.westeurope',
  'Storage.WestUS2',
  'AzureFrontDoor.Backend',
  'AzureTrafficManager',
  'GatewayManager',
  'Sql',
])('%s is a service tag', (word) => {
  expect([isTagWord(word), isServiceTag(word)]).toEqual([true, true]);
});

test.each([
  'Intrenet',
  'VIRTUAL_NETWORK',
  'AzureFrontDoor.Backside.x',
  'Storage.West.Europe',
  'AzureFrontDoor.x.Backend',
  'AllUsers',
])('%s is a word and no service tag', (word) => {
  expect([isTagWord(word), isServiceTag(word)]).toEqual([true, false]);
});

test.each(['*', '', '10.0.0.0/8', 'fd00::/8', '80'])('%s is no word', (text) => {
  expect([isTagWord(text), isServiceTag(text)]).toEqual([false, false]);
});

test('an unknown word leaves the verdict open, names itself as the reason, and is told once as a problem', () => {
  const match = { protocol: 'Tcp', sourceAddressPrefix: 'Intrenet', destinationPortRange: '80' };
  const { paths, problems } = buildNetwork(estate({ members: 2, subnetRules: [rule(100, 'Allow', match)] }));
  expect(paths[0]?.data).toBe('unknown');
  expect(paths[0]?.waitsFor.map(({ reason }) => reason.name)).toContain(
    'the unlisted service tag `Intrenet`',
  );
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'unknown-service-tag: the source address `Intrenet` of `Allow100` is not a service tag that Portcullis knows',
  ]);
});

test('known tags and any address are no problem', () => {
  const rules = ['AzureCloud', 'Internet', '*', 'Any', '0.0.0.0/0'].map((sourceAddressPrefix, index) =>
    rule(100 + index, 'Allow', { sourceAddressPrefix, destinationPortRange: '22' }),
  );
  expect(buildNetwork(estate({ subnetRules: rules })).problems).toEqual([]);
});

test('a tag is named as Microsoft writes it, whatever its case in the code', () => {
  expect(['INTERNET', 'azureLoadBalancer', 'virtualnetwork'].map(tagName)).toEqual([
    'Internet',
    'AzureLoadBalancer',
    'VirtualNetwork',
  ]);
  expect(tagName('Intrenet')).toBe('Intrenet');
});
