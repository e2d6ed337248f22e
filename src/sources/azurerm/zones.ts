import { absent, asText, list, type Value } from '../../value/value.ts';
import { type Attributes, read } from './attributes.ts';

/**
 * The availability zones of a frontend or a public address. Azurerm 2 also spells them as one word, of which it sends
 * `Zone-Redundant` as the first two zones; a VM names one zone.
 */
export function zonesOf(attributes: Attributes): Value {
  const zones = read(attributes, 'zones');
  if (zones.kind !== 'absent') return zones;
  const zone = read(attributes, 'availability_zone', 'zone');
  const word = asText(zone);
  if (word.kind !== 'known') return word;
  if (word.value === 'No-Zone') return absent(word.origin);
  const numbers = word.value === 'Zone-Redundant' ? ['1', '2'] : [word.value];
  return list(
    numbers.map((value) => ({ ...word, value })),
    word.origin,
  );
}
