import type { Report, RootReport } from '../../src/engine/report.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Finding, Path, Unknown } from '../../src/policy/index.ts';
import type { Origin } from '../../src/text/origin.ts';
import type { Problem } from '../../src/text/problem.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

/** A node of the plan that the samples are about. */
export function at(pointer: string): Origin {
  return { kind: 'json', path: 'plan.json', pointer };
}

/** A default of Azure, which is written nowhere. */
export const PLATFORM: Origin = {
  kind: 'platform',
  name: 'DenyAllInBound',
  docs: 'https://example.com/defaults',
};

export function waiting(name: string, kind: Unknown['reason']['kind'] = 'known-after-apply'): Unknown {
  return { kind: 'unknown', reason: { kind, name }, origin: at(`/inputs/${name}`) };
}

export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    policy: 'port-closed',
    status: 'violation',
    severity: 'error',
    confidence: 'proved',
    subject: {
      address: 'azurerm_lb_rule.http',
      type: 'microsoft.network/loadbalancers',
      name: 'lb-web/http',
      origin: at('/resource_changes/4'),
    },
    location: at('/resource_changes/4'),
    message: 'tcp/8080 of `lb-web/http` is closed',
    remedy: 'open it',
    docs: 'https://example.com/port-closed',
    waitsFor: [],
    related: [],
    ...parts,
  };
}

/** A finding that differs in its subject. */
export function findingOn(name: string, address: string, parts: Partial<Finding> = {}): Finding {
  return finding({ ...parts, subject: { ...finding().subject, name, address } });
}

/** A packet to a backend, dropped by a default rule after a rule of the code let it through. */
export const EVIDENCE: NonNullable<Finding['evidence']> = {
  packet: {
    protocol: 'tcp',
    source: { kind: 'ip', text: '203.0.113.7' },
    sourcePort: 50_000,
    destination: { kind: 'inside', id: '{azurerm_virtual_network.main}', label: 'an address in vnet-main' },
    destinationPort: 8080,
  },
  verdict: 'dropped',
  hops: [
    {
      at: 'snet-web',
      stage: 'security-group',
      decidedBy: {
        name: 'AllowWeb',
        priority: 100,
        effect: 'allow',
        group: 'nsg-web',
        origin: at('/resource_changes/9'),
      },
      eitherWay: [],
    },
    {
      at: 'nic-web',
      stage: 'security-group',
      decidedBy: {
        name: 'DenyAllInBound',
        priority: 65_500,
        effect: 'deny',
        group: 'nsg-nic',
        origin: PLATFORM,
      },
      eitherWay: [],
    },
  ],
  waitsFor: [],
};

export const WARNING: Problem = {
  code: 'rule-rejected',
  message: 'the port of `AllowWeb` is not one Azure accepts',
  remedy: 'write a number',
  origin: at('/resource_changes/9'),
  severity: 'warning',
};

export const FATAL: Problem = {
  code: 'json-truncated',
  message: 'the plan is truncated',
  origin: { kind: 'text', path: 'cut.json', line: 3, column: 7, endLine: 3, endColumn: 8 },
  severity: 'fatal',
};

/** The resource of the sample finding, and the group and the balancer of the estate. */
const PLACES: RootReport['places'] = [
  { address: 'azurerm_lb_rule.http', origin: at('/resource_changes/4') },
  { address: 'nsg-subnet', origin: { kind: 'json', path: 'test.json', pointer: '/resources/1' } },
  { address: 'lb', origin: { kind: 'json', path: 'test.json', pointer: '/resources/3' } },
];

export function rootOf(parts: Partial<RootReport> = {}, path = 'plan.json'): RootReport {
  const root = { id: path, source: 'terraform-plan', path } as const;
  return {
    root,
    kind: 'normal',
    paths: [],
    findings: [],
    problems: [],
    resources: 0,
    places: PLACES,
    suppressed: [],
    passed: 0,
    ...parts,
  };
}

export function reportOf(...roots: readonly RootReport[]): Report {
  return { roots, problems: [], files: roots.length, lineOf: () => undefined };
}

/** The paths of an estate that is given in the shape of Azure Resource Manager. */
export function pathsOf(options: EstateOptions = {}): readonly Path[] {
  return buildNetwork(estate(options)).paths;
}
