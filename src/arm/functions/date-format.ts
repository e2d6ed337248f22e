const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Standard formats of .NET in the invariant culture, as the custom formats they stand for. */
const STANDARD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    d: 'MM/dd/yyyy',
    D: 'dddd, dd MMMM yyyy',
    o: "yyyy-MM-ddTHH:mm:ss.fff'0000'Z",
    O: "yyyy-MM-ddTHH:mm:ss.fff'0000'Z",
    r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    s: 'yyyy-MM-ddTHH:mm:ss',
    u: 'yyyy-MM-dd HH:mm:ssZ',
  }),
);

const TOKEN =
  /'([^']*)'|\\(.)|yyyy|yy|MMMM|MMM|MM|M|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|fff|ff|f|tt|[-/:. ,TZ_]|./gs;

/**
 * A time in UTC, in milliseconds since 1970, in a standard or custom date format of .NET. Without a format it is ISO 8601
 * with seconds, as `dateTimeAdd` and `dateTimeFromEpoch` write it. Undefined for what is not supported.
 */
export function formatDate(time: number, format?: string): string | undefined {
  const date = new Date(time);
  const pattern =
    format === undefined
      ? 'yyyy-MM-ddTHH:mm:ss'
      : (STANDARD.get(format) ?? (format.length > 1 ? format : undefined));
  if (pattern === undefined) return undefined;
  if (format === undefined && date.getUTCMilliseconds() !== 0) return undefined;
  let text = '';
  for (const [token, literal, escaped] of pattern.matchAll(TOKEN)) {
    const piece = literal ?? escaped ?? tokenText(token, date);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return format === undefined ? `${text}Z` : text;
}

function tokenText(token: string, date: Date): string | undefined {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour = date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12;
  const milliseconds = String(date.getUTCMilliseconds()).padStart(3, '0');
  switch (token) {
    case 'yyyy':
      return String(date.getUTCFullYear()).padStart(4, '0');
    case 'yy':
      return two(date.getUTCFullYear() % 100);
    case 'MMMM':
      return MONTHS[date.getUTCMonth()];
    case 'MMM':
      return MONTHS[date.getUTCMonth()]?.slice(0, 3);
    case 'MM':
      return two(date.getUTCMonth() + 1);
    case 'M':
      return String(date.getUTCMonth() + 1);
    case 'dddd':
      return DAYS[date.getUTCDay()];
    case 'ddd':
      return DAYS[date.getUTCDay()]?.slice(0, 3);
    case 'dd':
      return two(date.getUTCDate());
    case 'd':
      return String(date.getUTCDate());
    case 'HH':
      return two(date.getUTCHours());
    case 'H':
      return String(date.getUTCHours());
    case 'hh':
      return two(hour);
    case 'h':
      return String(hour);
    case 'mm':
      return two(date.getUTCMinutes());
    case 'm':
      return String(date.getUTCMinutes());
    case 'ss':
      return two(date.getUTCSeconds());
    case 's':
      return String(date.getUTCSeconds());
    case 'fff':
    case 'ff':
    case 'f':
      return milliseconds.slice(0, token.length);
    case 'tt':
      return date.getUTCHours() < 12 ? 'AM' : 'PM';
    default:
      return /^[-/:. ,TZ_]$/.test(token) ? token : undefined;
  }
}
