import { textOr } from '../../src/value/shown.ts';
import { sub } from '../support/arm-model.ts';
import { linkToOneOf } from '../support/links.ts';
import { hopTo, type RoutesOptions, route, routes } from '../support/routes.ts';
import { waiting } from '../support/waiting.ts';

const INTERNET = '203.0.113.7';

// Semantics 6.2: the longest prefix; on ties the user's route.
test.each<[address: string, expected: string]>([
  ['10.0.5.5', 'none by network'],
  ['10.0.1.9', 'virtual-network by subnet'],
  ['10.0.1.4', 'gateway by host'],
  ['203.0.113.9', 'none by named'],
  ['203.0.113.10', 'internet by some'],
  ['8.8.8.8', 'appliance by all'],
  ['192.168.7.1', 'appliance by all'],
  ['2001:db8::1', 'none by six'],
  ['2001:db8::2', 'internet by system'],
  ['fd00::1', 'internet by system'],
])('%s takes the longest prefix: %s', (address, expected) => {
  const own = [
    route('all', '0.0.0.0/0', 'virtualappliance'),
    route('some', '203.0.113.0/24', 'Internet'),
    route('named', '203.0.113.9', 'None'),
    route('network', '10.0.0.0/16', 'None'),
    route('subnet', '10.0.1.0/24', 'VnetLocal'),
    route('host', '10.0.1.4/32', 'VirtualNetworkGateway'),
    route('six', '2001:db8::1', 'None'),
  ];
  expect(hopTo(address, { routes: own })).toBe(expected);
  expect(hopTo(address, { routes: own.toReversed() })).toBe(expected);
});

test('every address is in one region, and a prefix that others cover is none', () => {
  const halves = [route('low', '0.0.0.0/1'), route('high', '128.0.0.0/1'), route('late', '0.0.0.0/0')];
  const found = routes({ routes: halves }).regions.map((region) =>
    region.route === undefined ? region.hop : textOr(region.route.name, ''),
  );
  expect(found.toSorted()).toEqual(['high', 'internet', 'low', 'virtual-network']);
});

test('the table is told where there is one', () => {
  expect(routes({}).table).toBeUndefined();
  expect(routes({ routes: [] }).table?.address).toBe('rt');
});

test('a service tag holds addresses that are not known', () => {
  const options = { routes: [route('tag', 'AzureCloud'), route('nothing', undefined)] };
  expect(
    routes(options)
      .tagged.map(({ name }) => textOr(name, ''))
      .toSorted(),
  ).toEqual(['nothing', 'tag']);
  expect(hopTo(INTERNET, options)).toBe('internet by system');
});

test.each<[name: string, options: RoutesOptions, expected: string]>([
  ['routes that are not known', { routes: waiting('routes') }, 'unknown by system: routes'],
  ['a prefix that is not known', { routes: [route('r', waiting('prefix'))] }, 'unknown by system: prefix'],
  [
    'a next hop that is not known',
    { routes: [route('r', '203.0.113.0/24', waiting('hop'))] },
    'unknown by r: hop',
  ],
  [
    'a next hop that nobody knows',
    { routes: [route('r', '203.0.113.0/24', 'Elsewhere')] },
    'unknown by r: the next hop type of rt',
  ],
  [
    'a next hop that is missing',
    { routes: [route('r', '203.0.113.0/24', null)] },
    'unknown by r: the next hop type of rt',
  ],
  [
    'a table that may not be there',
    { routes: [], table: { condition: waiting('enabled') } },
    'unknown by system: enabled',
  ],
  [
    'a table of another root',
    { subnet: { routeTable: sub('routeTables/other') } },
    'unknown by system: /microsoft.network/routetables/other',
  ],
  [
    'a table whose name is secret',
    { subnet: { routeTable: { id: '{secret}' } } },
    'unknown by system: a route table',
  ],
  [
    'one of two tables',
    { subnet: { routeTable: linkToOneOf('which', 'routeTables/rt', 'routeTables/other') } },
    'unknown by system: which',
  ],
])('%s leaves the way to the internet open', (_, options, expected) => {
  expect(hopTo(INTERNET, options)).toBe(expected);
});

test.each<[name: string, child: Record<string, unknown>, expected: string]>([
  ['for certain', { parent: sub('routeTables/rt').id }, 'appliance by child'],
  [
    'in one of two tables',
    { parent: linkToOneOf('which', 'routeTables/rt', 'routeTables/other').id },
    'unknown by child: whether child is in this route table',
  ],
  [
    'under a condition',
    { parent: sub('routeTables/rt').id, condition: waiting('enabled') },
    'unknown by child: enabled',
  ],
])('a route that is declared on its own counts: %s', (_, child, expected) => {
  const { properties } = route('', '203.0.113.0/24');
  const more = [{ type: 'routeTables/rt/routes', name: 'child', properties, ...child }];
  expect(hopTo(INTERNET, { routes: [], more })).toBe(expected);
});
