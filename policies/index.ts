import type { Policy } from '../src/policy/index.ts';
import { policy as backendPoolEmpty } from './backend-pool-empty/policy.ts';
import { policy as basicSkuRetired } from './basic-sku-retired/policy.ts';
import { policy as internalFrontendLoopback } from './internal-frontend-loopback/policy.ts';
import { policy as nsgBlocksDataPort } from './nsg-blocks-data-port/policy.ts';
import { policy as nsgBlocksNatRule } from './nsg-blocks-nat-rule/policy.ts';
import { policy as nsgBlocksProbe } from './nsg-blocks-probe/policy.ts';
import { policy as nsgBlocksSomeMembers } from './nsg-blocks-some-members/policy.ts';
import { policy as nsgEndangersProbe } from './nsg-endangers-probe/policy.ts';
import { policy as probePortDiffersFromDataPort } from './probe-port-differs-from-data-port/policy.ts';
import { policy as publicBackendWithoutNsg } from './public-backend-without-nsg/policy.ts';
import { policy as ruleWithoutProbe } from './rule-without-probe/policy.ts';
import { policy as securityRuleConflict } from './security-rule-conflict/policy.ts';
import { policy as securityRuleNeverEffective } from './security-rule-never-effective/policy.ts';
import { policy as vnetTagUndefined } from './vnet-tag-undefined/policy.ts';

/** Every policy, in alphabetical order. */
export const policies: readonly Policy[] = [
  backendPoolEmpty,
  basicSkuRetired,
  internalFrontendLoopback,
  nsgBlocksDataPort,
  nsgBlocksNatRule,
  nsgBlocksProbe,
  nsgBlocksSomeMembers,
  nsgEndangersProbe,
  probePortDiffersFromDataPort,
  publicBackendWithoutNsg,
  ruleWithoutProbe,
  securityRuleConflict,
  securityRuleNeverEffective,
  vnetTagUndefined,
];
