import { readAllow } from '../../src/text/suppression.ts';

test.each<[string, ReturnType<typeof readAllow>]>([
  ['// portcullis:allow p because', { policy: 'p', reason: 'because' }],
  ['# portcullis:allow p because', { policy: 'p', reason: 'because' }],
  ['#portcullis:allow p  two words ', { policy: 'p', reason: 'two words' }],
  ['/* portcullis:allow p because */', { policy: 'p', reason: 'because' }],
  ['/** portcullis:allow p\n * because\n */', { policy: 'p', reason: '* because' }],
  ['# portcullis:allow p until=2027-01-31 because', { policy: 'p', until: '2027-01-31', reason: 'because' }],
  ['# portcullis:allow p because until=2027-01-31', { policy: 'p', until: '2027-01-31', reason: 'because' }],
  ['# portcullis:allow p until=soon because', { policy: 'p', until: 'soon', reason: 'because' }],
  ['# portcullis:allow p until= because', { policy: 'p', until: '', reason: 'because' }],
  ['# portcullis:allow p because\r', { policy: 'p', reason: 'because' }],
  ['# portcullis:allow p', { policy: 'p', reason: '' }],
  ['# portcullis:allow', { policy: '', reason: '' }],
  ['# portcullis:allows p because', undefined],
  ['# see portcullis:allow p because', undefined],
  ['// portcullis: allow p', undefined],
])('%j is read', (comment, expected) => {
  expect(readAllow(comment)).toEqual(expected);
});
