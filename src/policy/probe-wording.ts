import type { Diagnosis } from '../network/diagnose.ts';
import type { Path } from '../network/path.ts';
import { allowText, moveText, numberText, ruleText } from './wording.ts';

/** `tcp/8080`, or `an unknown port`. */
export function probePortText({ probeResource }: Path): string {
  const text = probeResource === undefined ? undefined : numberText(probeResource.port);
  return text === undefined ? 'an unknown port' : `tcp/${text}`;
}

/** The address that the probes of a path come from: semantics 2.1. */
export function probeSourceText(path: Path): string {
  return isIpv6(path) ? 'fe80::1234:5678:9abc' : '168.63.129.16';
}

/** What stops a probe, after its name. */
export function probeCauseText({ decisive, intended }: Diagnosis, path: Path): string {
  const denies = `${ruleText(decisive)} denies ${probeSourceText(path)}`;
  return intended === undefined ? denies : `${denies} before \`${intended.name}\` can allow it`;
}

/** The change that lets a probe in. Whether AzureLoadBalancer covers the source of IPv6 probes is not documented. */
export function probeRemedyText(diagnosis: Diagnosis, path: Path): string {
  if (diagnosis.id === 'shadowed-by-deny') return moveText(diagnosis);
  const { probeResource } = path;
  const port = probeResource === undefined ? undefined : numberText(probeResource.port);
  const source = isIpv6(path) ? `${probeSourceText(path)}/128 or *` : 'AzureLoadBalancer';
  return allowText(diagnosis, { protocol: 'Tcp', source, port: port ?? '*' });
}

function isIpv6({ frontend }: Path): boolean {
  return frontend?.version.kind === 'known' && frontend.version.value.toLowerCase() === 'ipv6';
}
