import type { Policy } from '../src/policy/index.ts';
import { policy as appsShareBackendVm } from './apps-share-backend-vm/policy.ts';
import { policy as backendPoolEmpty } from './backend-pool-empty/policy.ts';
import { policy as backendPoolMixed } from './backend-pool-mixed/policy.ts';
import { policy as basicSkuRetired } from './basic-sku-retired/policy.ts';
import { policy as bootstrapWithoutEgress } from './bootstrap-without-egress/policy.ts';
import { policy as childResourceReadOnly } from './child-resource-read-only/policy.ts';
import { policy as dataPortNotListening } from './data-port-not-listening/policy.ts';
import { policy as duplicateBackendPort } from './duplicate-backend-port/policy.ts';
import { policy as duplicateFrontendPort } from './duplicate-frontend-port/policy.ts';
import { policy as floatingIpWithoutGuestLoopback } from './floating-ip-without-guest-loopback/policy.ts';
import { policy as frontendAddressInvalid } from './frontend-address-invalid/policy.ts';
import { policy as frontendSchemesMixed } from './frontend-schemes-mixed/policy.ts';
import { policy as haPortsInvalid } from './ha-ports-invalid/policy.ts';
import { policy as healthExtensionDiffersFromProbe } from './health-extension-differs-from-probe/policy.ts';
import { policy as httpProbeOnRootPath } from './http-probe-on-root-path/policy.ts';
import { policy as httpProbeWithoutPath } from './http-probe-without-path/policy.ts';
import { policy as httpsProbeOnBasicSku } from './https-probe-on-basic-sku/policy.ts';
import { policy as inboundNatV1Retiring } from './inbound-nat-v1-retiring/policy.ts';
import { policy as internalFrontendLoopback } from './internal-frontend-loopback/policy.ts';
import { policy as internalFrontendLoopbackPossible } from './internal-frontend-loopback-possible/policy.ts';
import { policy as listenerOnLoopbackOnly } from './listener-on-loopback-only/policy.ts';
import { policy as loadBalancerReferenceBroken } from './load-balancer-reference-broken/policy.ts';
import { policy as membersAdministrativelyDown } from './members-administratively-down/policy.ts';
import { policy as membersWithoutEgress } from './members-without-egress/policy.ts';
import { policy as nothingStartsListener } from './nothing-starts-listener/policy.ts';
import { policy as nsgBlocksDataPort } from './nsg-blocks-data-port/policy.ts';
import { policy as nsgBlocksNatRule } from './nsg-blocks-nat-rule/policy.ts';
import { policy as nsgBlocksProbe } from './nsg-blocks-probe/policy.ts';
import { policy as nsgBlocksSomeMembers } from './nsg-blocks-some-members/policy.ts';
import { policy as nsgEndangersProbe } from './nsg-endangers-probe/policy.ts';
import { policy as nvaProbedOnSsh } from './nva-probed-on-ssh/policy.ts';
import { policy as outboundRuleConflict } from './outbound-rule-conflict/policy.ts';
import { policy as probeCountIgnored } from './probe-count-ignored/policy.ts';
import { policy as probeOnRefusedPort } from './probe-on-refused-port/policy.ts';
import { policy as probePortDiffersFromDataPort } from './probe-port-differs-from-data-port/policy.ts';
import { policy as probeUnused } from './probe-unused/policy.ts';
import { policy as publicBackendWithoutNsg } from './public-backend-without-nsg/policy.ts';
import { policy as publicFrontendLoopbackWithoutEgress } from './public-frontend-loopback-without-egress/policy.ts';
import { policy as resourceBodyInvalid } from './resource-body-invalid/policy.ts';
import { policy as returnPathAsymmetric } from './return-path-asymmetric/policy.ts';
import { policy as returnPathBlackholed } from './return-path-blackholed/policy.ts';
import { policy as ruleWithoutProbe } from './rule-without-probe/policy.ts';
import { policy as securityRuleConflict } from './security-rule-conflict/policy.ts';
import { policy as securityRuleNeverEffective } from './security-rule-never-effective/policy.ts';
import { policy as singleMemberPool } from './single-member-pool/policy.ts';
import { policy as skuMismatch } from './sku-mismatch/policy.ts';
import { policy as skuOmitted } from './sku-omitted/policy.ts';
import { policy as tcpProbeWithPath } from './tcp-probe-with-path/policy.ts';
import { policy as twoLoadBalancersOfOneKind } from './two-load-balancers-of-one-kind/policy.ts';
import { policy as udpRuleProbeWithoutListener } from './udp-rule-probe-without-listener/policy.ts';
import { policy as vnetTagUndefined } from './vnet-tag-undefined/policy.ts';

/** Every policy, in alphabetical order. */
export const policies: readonly Policy[] = [
  appsShareBackendVm,
  backendPoolEmpty,
  backendPoolMixed,
  basicSkuRetired,
  bootstrapWithoutEgress,
  childResourceReadOnly,
  dataPortNotListening,
  duplicateBackendPort,
  duplicateFrontendPort,
  floatingIpWithoutGuestLoopback,
  frontendAddressInvalid,
  frontendSchemesMixed,
  haPortsInvalid,
  healthExtensionDiffersFromProbe,
  httpProbeOnRootPath,
  httpProbeWithoutPath,
  httpsProbeOnBasicSku,
  inboundNatV1Retiring,
  internalFrontendLoopback,
  internalFrontendLoopbackPossible,
  listenerOnLoopbackOnly,
  loadBalancerReferenceBroken,
  membersAdministrativelyDown,
  membersWithoutEgress,
  nothingStartsListener,
  nsgBlocksDataPort,
  nsgBlocksNatRule,
  nsgBlocksProbe,
  nsgBlocksSomeMembers,
  nsgEndangersProbe,
  nvaProbedOnSsh,
  outboundRuleConflict,
  probeCountIgnored,
  probeOnRefusedPort,
  probePortDiffersFromDataPort,
  probeUnused,
  publicBackendWithoutNsg,
  publicFrontendLoopbackWithoutEgress,
  resourceBodyInvalid,
  returnPathAsymmetric,
  returnPathBlackholed,
  ruleWithoutProbe,
  securityRuleConflict,
  securityRuleNeverEffective,
  singleMemberPool,
  skuMismatch,
  skuOmitted,
  tcpProbeWithPath,
  twoLoadBalancersOfOneKind,
  udpRuleProbeWithoutListener,
  vnetTagUndefined,
];
