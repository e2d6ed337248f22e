import { DEFAULT_RULES } from '../../src/network/default-rules.ts';

// Semantics 1.3; the names and numbers are those that Azure shows.
test.each([
  [
    'inbound',
    [
      'AllowVnetInBound 65000: allow VirtualNetwork to VirtualNetwork',
      'AllowAzureLoadBalancerInBound 65001: allow AzureLoadBalancer to *',
      'DenyAllInBound 65500: deny * to *',
    ],
  ],
  [
    'outbound',
    [
      'AllowVnetOutBound 65000: allow VirtualNetwork to VirtualNetwork',
      'AllowInternetOutBound 65001: allow * to Internet',
      'DenyAllOutBound 65500: deny * to *',
    ],
  ],
] as const)('the default rules for %s packets are those of Azure, in their order', (direction, expected) => {
  const rules = DEFAULT_RULES[direction];
  expect(
    rules.map(
      ({ name, priority, access, source, destination }) =>
        `${name} ${priority}: ${access} ${source} to ${destination}`,
    ),
  ).toEqual(expected);
  expect(rules.map(({ origin }) => origin)).toEqual(
    rules.map(({ name }) => ({
      kind: 'platform',
      name,
      docs: 'https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules',
    })),
  );
});
