import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { namesOf, oneOf, perhaps, waiting } from '../support/waiting.ts';

const [web, api] = ['applicationSecurityGroups/web', 'applicationSecurityGroups/api'];
const [WEB, API, DB] = [sub(web), sub(api), sub('applicationSecurityGroups/db')];
const NOTHING = { id: undefined };
const WEB_OR_API = { id: oneOf('either', web, api) };

/** The verdict for the internet, whose packets only a rule for these groups lets in, and what it waits for. */
function said(groups: unknown, memberOf: unknown, more: EstateOptions = {}): string {
  const match = { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: groups };
  const [path] = buildNetwork(
    estate({
      subnetRules: [rule(100, 'Allow', { ...match, sourceAddressPrefix: 'Internet' })],
      ipConfiguration: { applicationSecurityGroups: memberOf },
      ...more,
    }),
  ).paths;
  return [path?.data, ...namesOf(path?.waitsFor ?? [])].join(' ');
}

// Semantics 1.7: a rule never applies to an interface outside the groups it names.
test.each<[groups: unknown, memberOf: unknown, expected: string]>([
  [[WEB], [WEB], 'open'],
  [[WEB], [], 'blocked'],
  [[WEB], [API], 'blocked'],
  [[WEB], [API, WEB], 'open'],
  [[WEB, API], [API], 'open'],
  [[NOTHING, API], [API], 'open'],
  [[NOTHING], [WEB], 'unknown an application security group'],
  [[WEB], [NOTHING], 'blocked'],
  // What the rule names is open.
  [[WEB_OR_API], [WEB], 'unknown either'],
  [[{ id: waiting('rule') }], [WEB], 'unknown rule'],
  [[{ id: waiting('rule') }, WEB], [WEB], 'open'],
  [[{ id: waiting('rule') }, { id: waiting('second') }], [WEB], 'unknown rule'],
  [waiting('groups'), [WEB], 'unknown groups'],
  [{ partial: [API], more: waiting('groups') }, [WEB], 'unknown groups'],
  [{ partial: [API], more: waiting('groups') }, [API], 'open'],
  // What the member is in is open.
  [[WEB], [WEB_OR_API], 'unknown either'],
  [[DB], [WEB_OR_API], 'blocked'],
  [[DB], [{ id: perhaps('member', web) }], 'unknown member'],
  [[WEB], [{ id: waiting('member') }], 'unknown member'],
  [[WEB], [{ id: waiting('member') }, WEB], 'open'],
  [[WEB], waiting('memberships'), 'unknown memberships'],
  [[WEB], { partial: [API], more: waiting('memberships') }, 'unknown memberships'],
  [[WEB], { partial: [WEB], more: waiting('memberships') }, 'open'],
  // The first reason is named.
  [[{ id: waiting('rule') }, WEB], [{ id: waiting('member') }], 'unknown rule'],
  [[WEB], { partial: [{ id: waiting('member') }], more: waiting('memberships') }, 'unknown memberships'],
])('a rule for %j lets in a member of %j: %s', (groups, memberOf, expected) => {
  expect(said(groups, memberOf)).toBe(expected);
});

test('a rule that names no group does not wait for the groups of a member', () => {
  const laterAddress = {
    ...waiting('address'),
    references: [{ ...sub('networkInterfaces/other/ipConfigurations/ip'), property: 'privateIPAddress' }],
  };
  const subnetRules = [rule(100, 'Allow', { destinationAddressPrefix: laterAddress })];
  expect(said([], waiting('memberships'), { subnetRules })).toBe('blocked');
});

// Semantics 1.7: the destination is the frontend, which is in no group.
test('with floating IP a rule for a group of the member does not match', () => {
  expect(said([WEB], [WEB], { rule: { enableFloatingIP: true } })).toBe('blocked');
  expect(said([WEB], [{ id: waiting('member') }], { rule: { enableFloatingIP: true } })).toBe('blocked');
});
