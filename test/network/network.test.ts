import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { estate } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const POOL = sub('loadBalancers/lb/backendAddressPools/pool').id;

function pathsOfPools(backendAddressPool: unknown): Record<string, readonly string[]> {
  const { pathsOfPool } = buildNetwork(estate({ rule: { backendAddressPool } }));
  return Object.fromEntries([POOL, `${POOL}2`].map((id) => [id, pathsOfPool(id).map(({ name }) => name)]));
}

test('a rule leads to every pool that it may name', () => {
  const oneOf = {
    ...(waiting('pool') as object),
    references: [POOL, `${POOL}2`].map((id) => ({ id, property: 'id' })),
  };
  expect(pathsOfPools({ id: POOL })).toEqual({ [POOL]: ['lb/r'], [`${POOL}2`]: [] });
  expect(pathsOfPools({ id: oneOf })).toEqual({ [POOL]: ['lb/r'], [`${POOL}2`]: ['lb/r'] });
  expect(pathsOfPools({ id: waiting('pool') })).toEqual({ [POOL]: [], [`${POOL}2`]: [] });
});

test('the rules of a pool keep their order', () => {
  const rules = ['a', 'b'].map((name, index) => ({
    name,
    properties: {
      protocol: 'Tcp',
      frontendPort: 80 + index,
      backendPort: 80 + index,
      frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
      backendAddressPool: { id: POOL },
    },
  }));
  const { pathsOfPool } = buildNetwork(estate({ rules }));
  expect(pathsOfPool(POOL).map(({ name }) => name)).toEqual(['lb/a', 'lb/b']);
});

test('the inside of a machine is read once', () => {
  const { guestOf, topology } = buildNetwork(estate());
  const machine = topology.machineOf('/microsoft.network/networkinterfaces/nic0');
  if (machine === undefined) throw new Error('the estate has a machine');
  expect(guestOf(machine)).toBe(guestOf(machine));
});
