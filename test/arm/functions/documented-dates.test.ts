import { result } from '../../support/arm-functions.ts';

const fails = expect.stringMatching(/^faults: /);

test.each<[readonly string[], unknown]>([
  // Bicep date functions (learn.microsoft.com, bicep-functions-date), remarks: a month is 30 days.
  [['2023-01-31 00:00:00Z', 'P1M'], '2023-03-02T00:00:00Z'],
  [['2024-01-31 00:00:00Z', 'P1M'], '2024-03-01T00:00:00Z'],
  // The same page, the output for a base of 2020-04-07 14:53:14Z.
  [['2020-04-07 14:53:14Z', 'P3Y'], '2023-04-07T14:53:14Z'],
  // .NET's XsdDuration: twelve months are a year of 365 days.
  [['2023-01-01T00:00:00Z', 'P14M'], '2024-03-01T00:00:00Z'],
  [['2020-04-07 14:53:14Z', '-P9D'], '2020-03-29T14:53:14Z'],
  [['2020-04-07 14:53:14Z', 'PT1H'], '2020-04-07T15:53:14Z'],
  [['2020-04-07 14:53:14Z', 'PT1H', 'u'], '2020-04-07 15:53:14Z'],
  // The format utcNow gives, and those the page shows for it.
  [['20190305T175318Z', 'PT0S', 'd'], '03/05/2019'],
  [['20190305T175318Z', 'PT0S', 'M d'], '3 5'],
  [['20190305T175318Z', 'PT0S', 'yyyyMMddTHHmmssZ'], '20190305T175318Z'],
  [['2020-12-31T23:59:59+01:00', 'PT1S', 'ddd, dd MMM yyyy hh:mm tt'], 'Thu, 31 Dec 2020 11:00 PM'],
  [['2020-02-30T00:00:00Z', 'P1D'], fails],
  [['2020-01-01', '1D'], fails],
  [['2020-01-01', 'P'], fails],
  [['2020-01-01', 'PT'], fails],
  [['yesterday', 'P1D'], fails],
  [['9999-12-31T00:00:00Z', 'P1D'], fails],
  [['2020-01-01', 'P1D', 'zzz'], fails],
])('dateTimeAdd%j', (args, expected) => {
  expect(result('dateTimeAdd', ...args)).toEqual(expected);
});

test('seconds since 1970 and back (Bicep date functions, PSRule FunctionTests.cs)', () => {
  expect(result('dateTimeFromEpoch', 1683040573)).toBe('2023-05-02T15:16:13Z');
  expect(result('dateTimeToEpoch', '2023-05-02T15:16:13Z')).toBe(1683040573);
  expect(result('dateTimeToEpoch', '2020-04-07T14:53:14Z')).toBe(1586271194);
});
