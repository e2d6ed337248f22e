import { known, type Value } from '../../value/value.ts';
import type { Call } from './call.ts';
import { formatDate } from './date-format.ts';
import { type FunctionTable, numberAt, textAt } from './definition.ts';

type Args = readonly Value[];

const DAY = 86_400;
/** The seconds of a year and a month as .NET's XmlConvert.ToTimeSpan counts them; every documented result agrees. */
const YEAR = 365 * DAY;
const MONTH = 30 * DAY;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const FIRST_YEAR = Date.UTC(100, 0, 1);

/** Functions on dates; all are in UTC (Bicep date functions). */
export const DATE_FUNCTIONS: FunctionTable = {
  dateTimeAdd: { takes: ['text', 'text', 'text?'], run: dateTimeAdd },
  dateTimeFromEpoch: {
    takes: ['number'],
    run: (args, call) => written(numberAt(args, 0) * 1000, undefined, call),
  },
  dateTimeToEpoch: {
    takes: ['text'],
    run: (args, call) => {
      const time = readDate(textAt(args, 0));
      return time === undefined
        ? call.fail('`dateTimeToEpoch` takes a date in ISO 8601')
        : known(Math.floor(time / 1000), call.origin);
    },
  },
};

function dateTimeAdd(args: Args, call: Call): Value {
  const time = readDate(textAt(args, 0));
  const span = readDuration(textAt(args, 1));
  if (time === undefined) return call.fail('`dateTimeAdd` takes a date in ISO 8601');
  if (span === undefined) return call.fail('`dateTimeAdd` takes a duration in ISO 8601, such as `P1D`');
  return written(time + span * 1000, args.length > 2 ? textAt(args, 2) : undefined, call);
}

function written(time: number, format: string | undefined, call: Call): Value {
  if (!Number.isFinite(time) || time > LAST || time < FIRST_YEAR) return call.fail('a date is out of range');
  const text = formatDate(time, format);
  return text === undefined ? call.fail('a date format is not supported') : known(text, call.origin);
}

/** Milliseconds since 1970 of a date with `T` or a space before the time, compact or not; without a zone it is UTC. */
function readDate(text: string): number | undefined {
  const match =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d):?(\d\d)(\.\d{1,7})?)?\s?(Z|[+-]\d\d:?\d\d)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const time =
    Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(match[7] ?? 0) * 1000);
  const date = new Date(time);
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const zone = match[8] ?? 'Z';
  if (!isReal || year < 100) return undefined;
  if (zone === 'Z') return time;
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return time - (zone.startsWith('-') ? -offset : offset) * 60_000;
}

/** The seconds of a duration `P1Y2M3DT4H5M6S`, with a minus in front for one into the past. */
function readDuration(text: string): number | undefined {
  const match =
    /^(-)?P(?:(\d{1,5})Y)?(?:(\d{1,6})M)?(?:(\d{1,7})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10}(?:\.\d{1,7})?)S)?)?$/.exec(
      text,
    );
  if (match === null || /[PT]$/.test(text)) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part) => Number(part ?? 0));
  // Twelve months are a year of 365 days, not 360 days.
  const calendar = (years + Math.floor(months / 12)) * YEAR + (months % 12) * MONTH;
  const total = calendar + days * DAY + hours * 3600 + minutes * 60 + seconds;
  return match[1] === undefined ? total : -total;
}
