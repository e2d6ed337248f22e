import { type Data, failure } from '../data.ts';
import { later, unsupported } from '../unknown.ts';
import { type Definitions, ofTexts, strict } from './definition.ts';

/** Functions of time. What depends on when Terraform runs is not known. */
export const dateFunctions: Definitions = {
  formatdate: ofTexts('formatdate', 2, (format = '', text = '') => formatDate(format, text)),
  plantimestamp: strict(0, 0, () => later({ kind: 'runtime', name: 'plantimestamp()' })),
  timeadd: ofTexts('timeadd', 2, (text = '', duration = '') => addTime(text, duration)),
  timecmp: ofTexts('timecmp', 2, (left = '', right = '') => compareTimes(left, right)),
  timestamp: strict(0, 0, () => later({ kind: 'known-after-apply', name: 'timestamp()' })),
};

/** A moment with the offset in which it is written, in minutes. */
interface Moment {
  readonly milliseconds: number;
  readonly offset: number;
}

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;

function parseTime(text: string): Moment | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [, written = '', fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${written}${fraction}Z`);
  const isReal = !Number.isNaN(local) && new Date(local).toISOString().startsWith(written);
  if (!isReal || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { milliseconds: local - offset * 60_000, offset };
}

function noTime(text: string): Data {
  return failure(`\`${text}\` is no time in the form of RFC 3339`);
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

function formatDate(format: string, text: string): Data {
  const moment = parseTime(text);
  if (moment === undefined) return noTime(text);
  let result = '';
  const pieces = format.match(/'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  for (const piece of pieces) {
    if (piece.startsWith("'")) {
      if (piece.length < 2 || !piece.endsWith("'"))
        return failure('a quoted part of a date format is not closed');
      result += piece === "''" ? "'" : piece.slice(1, -1).replaceAll("''", "'");
      continue;
    }
    const field = /^[A-Za-z]/.test(piece) ? dateField(piece, moment) : piece;
    if (field === undefined) return failure(`\`${piece}\` is no part of a date format`);
    result += field;
  }
  return result;
}

function dateField(verb: string, { milliseconds, offset }: Moment): string | undefined {
  const date = new Date(milliseconds + offset * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour = date.getUTCHours();
  const half = hour % 12 === 0 ? 12 : hour % 12;
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = DAYS[date.getUTCDay()] ?? '';
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const fields: Readonly<Record<string, string>> = {
    YYYY: String(date.getUTCFullYear()).padStart(4, '0'),
    YY: two(date.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: two(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    DD: two(date.getUTCDate()),
    D: String(date.getUTCDate()),
    EEEE: day,
    EEE: day.slice(0, 3),
    hh: two(hour),
    h: String(hour),
    HH: two(half),
    H: String(half),
    AA: hour < 12 ? 'AM' : 'PM',
    aa: hour < 12 ? 'am' : 'pm',
    mm: two(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    ZZZZZ: zone,
    ZZZZ: zone.replace(':', ''),
    ZZZ: offset === 0 ? 'UTC' : zone.replace(':', ''),
    Z: offset === 0 ? 'Z' : zone,
  };
  return fields[verb];
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};

/** A duration of Go, such as `1h30m` or `-10s`, in milliseconds. */
function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(text);
  if (match === null) return undefined;
  const parts = [...(match[2] ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
  return match[1] === '-' ? -total : total;
}

function addTime(text: string, duration: string): Data {
  const moment = parseTime(text);
  const added = parseDuration(duration);
  if (moment === undefined) return noTime(text);
  if (added === undefined) return failure(`\`${duration}\` is no duration`);
  const milliseconds = moment.milliseconds + Math.floor(added);
  const shifted = new Date(milliseconds + moment.offset * 60_000);
  const year = shifted.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return unsupported('a time outside of the years 0 to 9999');
  const zone = dateField('Z', { milliseconds, offset: moment.offset }) ?? '';
  return `${shifted.toISOString().slice(0, 19)}${zone}`;
}

function compareTimes(left: string, right: string): Data {
  const first = parseTime(left);
  const second = parseTime(right);
  if (first === undefined) return noTime(left);
  if (second === undefined) return noTime(right);
  return Math.sign(first.milliseconds - second.milliseconds);
}
