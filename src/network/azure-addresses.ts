/** The source of health probes: semantics 2.1. */
export const PROBE_SOURCE = '168.63.129.16';
export const PROBE_SOURCE_IPV6 = 'fe80::1234:5678:9abc';

/** Ranges that networks use without being on the internet: RFC 1918, RFC 6598, RFC 4193. */
export const PRIVATE_PREFIXES: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
];

/** IPv4 ranges outside the service tag `Internet`: semantics 0.4. */
export const NOT_INTERNET_PREFIXES: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '25.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '168.63.129.16/32',
];

/** Global unicast addresses: RFC 4291. */
export const PUBLIC_IPV6_PREFIX = '2000::/3';
