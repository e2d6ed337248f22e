import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerOf, inputsBelow } from './support/answer.ts';

/** Rewrites a text of a language; azurerm has names of its own, the other three those of Azure. */
type Edit = readonly [pattern: RegExp, replacement: string];

interface Change {
  readonly estate: string;
  readonly what: string;
  readonly azurerm: Edit;
  readonly azure: Edit;
  /** The findings about the changed estate, in every form. */
  readonly says: readonly string[];
}

/** One edit for every language. */
function everywhere(pattern: RegExp, replacement: string): Pick<Change, 'azurerm' | 'azure'> {
  return { azurerm: [pattern, replacement], azure: [pattern, replacement] };
}

const LOOPBACK = 'warning internal-frontend-loopback violation suspected: lb-orders/http, no diagnosis';
const WITHOUT_PROBE = 'warning rule-without-probe violation proved: lb-data/syslog, no diagnosis';

const changes: readonly Change[] = [
  {
    estate: 'public-web-tier',
    what: 'the backend ports are open',
    ...everywhere(/(["'])80\1, (["'])443\2/g, '$18080$1, $28443$2'),
    says: [],
  },
  {
    estate: 'well-built/web-tier',
    what: 'the group admits the load balancer instead of its clients',
    ...everywhere(/(["'])Internet\1/g, '$1AzureLoadBalancer$1'),
    says: ['http', 'https'].map(
      (rule) => `error nsg-blocks-data-port violation proved: lb-shop/${rule}, explicit-deny`,
    ),
  },
  {
    estate: 'internal-tier-loopback',
    what: 'clients are admitted from another network alone',
    ...everywhere(/(["'])VirtualNetwork\1/g, '$110.99.0.0/16$1'),
    says: [LOOPBACK, 'error nsg-blocks-data-port violation proved: lb-orders/http, client-not-in-source'],
  },
  {
    estate: 'internal-tier-loopback',
    what: 'the probe asks another port',
    azurerm: [/(probe" "http"[^}]*port +=) 8080/, '$1 9090'],
    azure: [/(protocol"?\s*[:=] ["']Http["'],?\s*"?port"?\s*[:=]) 8080/, '$1 9090'],
    says: [
      LOOPBACK,
      'warning probe-port-differs-from-data-port violation suspected: lb-orders/http, no diagnosis',
    ],
  },
  {
    estate: 'mixed-estate',
    what: 'the last rule of each group allows',
    ...everywhere(/(["'])Deny\1/g, '$1Allow$1'),
    says: [WITHOUT_PROBE],
  },
  {
    estate: 'scale-set-nat-pool',
    what: 'SNAT is turned off for the rule',
    azurerm: [/( +)tcp_reset_enabled +=/, '$1disable_outbound_snat = true\n$&'],
    azure: [/( *)("?)enableTcpReset("?\s*[:=]) ?true(,?)/, '$1$2disableOutboundSnat$3 true$4\n$&'],
    says: ['warning inbound-nat-v1-retiring violation proved: lb-api/nat:ssh, no diagnosis'],
  },
  {
    estate: 'well-built/scale-set',
    what: 'each instance gets a number of ports that is no multiple of eight',
    ...everywhere(/\b3200\b/, '3201'),
    says: ['error outbound-rule-conflict violation proved: lb-api/egress, no diagnosis'],
  },
  {
    estate: 'well-built/nva-pair',
    what: 'the appliances are probed on SSH',
    ...everywhere(/\b8117\b/, '22'),
    says: ['edge', 'trust'].map(
      (balancer) => `warning nva-probed-on-ssh violation proved: lb-${balancer}/appliance, no diagnosis`,
    ),
  },
  {
    estate: 'well-built/sql-listener',
    what: 'the probe ports are open to the internet, which may not hold the probe',
    ...everywhere(/(["'])AzureLoadBalancer\1/g, '$1Internet$1'),
    says: ['cluster', 'listener'].map(
      (rule) => `warning nsg-endangers-probe violation suspected: lb-sql/${rule}, no diagnosis`,
    ),
  },
  {
    estate: 'well-built/aks-style',
    what: 'the group admits the network instead of the internet',
    ...everywhere(/(["'])Internet\1/g, '$1VirtualNetwork$1'),
    says: [80, 443].map(
      (port) =>
        `error nsg-blocks-data-port violation proved: kubernetes/ingress-TCP-${port}, client-not-in-source`,
    ),
  },
];

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'estate-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Changes the estate in its folder; how often, by form. */
function apply({ azurerm, azure }: Change): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const [form = '', ...rest] = file.split(path.sep);
    const place = path.join(folder, file);
    if (!/\.(?:tf|bicep|json)$/.test(file) || file === 'plan.json' || statSync(place).isDirectory()) continue;
    const name = ['arm', 'azapi', 'bicep'].includes(form) && rest.length > 0 ? form : 'code';
    const text = readFileSync(place, 'utf8');
    // Where only the load balancer is an azapi resource, the rest has the names of azurerm.
    const edits = name === 'code' ? [azurerm] : name === 'azapi' ? [azure, azurerm] : [azure];
    const edit = edits.find(([pattern]) => text.search(pattern) !== -1);
    if (edit === undefined) continue;
    writeFileSync(place, text.replace(...edit));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

test.each(changes)('$estate, when $what, gives one answer in every form', async (change) => {
  cpSync(`examples/${change.estate}`, folder, { recursive: true });
  const forms = ['code', 'bicep', 'arm', 'azapi'].filter(
    (form) => form === 'code' || inputsBelow(form, folder).length > 0,
  );
  expect([...apply(change).keys()].toSorted()).toEqual(forms.toSorted());
  const code = await answerOf([{ path: 'main.tf', kind: 'terraform', isNamed: true }], folder);
  const findings = code.lines.filter((line) => /^(?:error|warning|info) /.test(line));
  expect(findings).toEqual(change.says.toSorted());
  for (const form of forms.filter((each) => each !== 'code')) {
    expect(await answerOf(inputsBelow(form, folder), folder)).toEqual(code);
  }
});
