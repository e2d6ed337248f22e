import { stripVTControlCharacters } from 'node:util';
import { toPathsText } from '../../src/report/paths-text.ts';
import { known, unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { rule } from '../support/estate.ts';
import { at, pathsOf, reportOf, rootOf } from './sample.ts';

const FORWARD = {
  frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
  backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
  probe: sub('loadBalancers/lb/probes/p'),
};
const PORT = unknown({ kind: 'known-after-apply', name: 'random_integer.port.result' }, at('/inputs/port'));

test('columns are aligned and say why something is blocked or undecided', () => {
  const paths = pathsOf({
    subnetRules: [rule(100, 'Allow', { destinationPortRange: '80' })],
    members: 2,
    rules: [
      { name: 'http', properties: { ...FORWARD, protocol: 'Tcp', frontendPort: 80, backendPort: 80 } },
      {
        name: 'telemetry',
        properties: { ...FORWARD, protocol: 'Udp', frontendPort: 8125, backendPort: PORT },
      },
      {
        name: 's',
        properties: { ...FORWARD, protocol: 'Tcp', frontendPort: 443, backendPort: 8443, probe: undefined },
      },
    ],
  });
  expect(toPathsText(reportOf(rootOf({ paths })), false)).toBe(
    [
      'rule          client    traffic          data     probe  because                                              members',
      'lb/http       internet  tcp 80 -> 80     open     open   -                                                    nic0/ip, nic1/ip',
      'lb/s          internet  tcp 443 -> 8443  blocked  none   default-deny                                         nic0/ip, nic1/ip',
      'lb/telemetry  internet  udp 8125 -> ?    unknown  open   random_integer.port.result (known only after apply)  nic0/ip, nic1/ip',
      '',
    ].join('\n'),
  );
});

test('every port is a star, and a secret port a question mark', () => {
  const secret = { ...known(4711, at('/port')), sensitive: true };
  const paths = pathsOf({
    internal: true,
    rules: [
      { name: 'all', properties: { ...FORWARD, protocol: 'All', frontendPort: 0, backendPort: 0 } },
      {
        name: 'secret',
        properties: { ...FORWARD, protocol: 'Tcp', frontendPort: secret, backendPort: secret },
      },
    ],
  });
  const text = toPathsText(reportOf(rootOf({ paths })), false);
  expect(text).toMatch(/^lb\/all +vnet +all \* -> \* /m);
  expect(text).toMatch(/^lb\/secret +vnet +tcp \? -> \? /m);
  expect(text).not.toContain('4711');
});

test('members are counted after the fourth, and their verdicts stand where they differ', () => {
  const [path] = pathsOf({ subnetRules: [], members: 6 });
  const [first, ...others] = path?.members ?? [];
  if (path === undefined || first === undefined) throw new Error('the estate has a path with members');
  const partial = {
    ...path,
    data: 'partial' as const,
    members: [{ ...first, data: { verdict: 'open' as const, waitsFor: [] } }, ...others],
    membersComplete: false,
  };
  const [, row] = toPathsText(reportOf(rootOf({ paths: [partial] })), false).split('\n');
  expect(row).toMatch(
    / {2}nic0\/ip \(open\), nic1\/ip \(blocked\), nic2\/ip \(blocked\), nic3\/ip \(blocked\), 2 more, perhaps others$/,
  );
});

test.each([
  [true, 'none'],
  [false, 'unknown'],
])('a path without members, with the list complete: %p, has %s', (membersComplete, expected) => {
  const paths = pathsOf({ members: 0 }).map((path) => ({ ...path, membersComplete }));
  expect(toPathsText(reportOf(rootOf({ paths })), false)).toMatch(new RegExp(`  ${expected}\n$`));
});

test('several roots have a table each', () => {
  const text = toPathsText(reportOf(rootOf({ paths: pathsOf() }), rootOf({}, 'empty.json')), false);
  expect(text).toMatch(
    /^plan\.json\nrule .*\nlb\/r .*\n\nempty\.json\nnothing to check: no load balancer with rules\n$/,
  );
});

test('colours change nothing but colours', () => {
  const report = reportOf(rootOf({ paths: pathsOf({ subnetRules: [] }) }));
  const colored = toPathsText(report, true);
  expect(colored).toContain('\u001b[31mblocked\u001b[39m');
  expect(stripVTControlCharacters(colored)).toBe(toPathsText(report, false));
});

test('a name can neither begin a command to a build agent nor stretch the table', () => {
  const paths = pathsOf().map((path) => ({ ...path, name: `::error::${'a'.repeat(500)}\n\u001b[2J` }));
  const text = toPathsText(reportOf(rootOf({ paths })), false);
  expect(text).not.toMatch(/(?!\n)\p{Cc}|^\s*::/mu);
  expect(text.split('\n')).toHaveLength(3);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200);
});
