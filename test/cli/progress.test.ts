import { createProgressLine } from '../../src/cli/progress.ts';

/** What is written to a terminal when these moments, in milliseconds, are told. */
function written(moments: readonly number[], stderrIsTerminal = true, root = 'main.bicep'): string {
  let text = '';
  let time = 0;
  const io = {
    stderrIsTerminal,
    stderr: (part: string) => {
      text += part;
    },
  };
  const line = createProgressLine(io, () => time);
  for (const [done, moment] of moments.entries()) {
    time = moment;
    line.show({ doing: 'reading', done, total: moments.length, root });
  }
  line.end();
  line.end();
  return text.replaceAll('\r\u001b[K', '<');
}

test('a run of less than a second says nothing', () => {
  expect(written([0, 500, 999])).toBe('');
});

test('a longer one says what it is at, in one line that goes away', () => {
  expect(written([0, 1000, 1050, 1100])).toBe('<reading 2 of 4: main.bicep<reading 4 of 4: main.bicep<');
});

test('nothing is said where nobody looks', () => {
  expect(written([0, 5000], false)).toBe('');
});

test('a name can neither break the line nor forge an escape', () => {
  const text = written([2000], true, `a\n\u001b[2J${'b'.repeat(200)}`);
  expect(text).toMatch(/^<reading 1 of 1: a\ufffdb{40,60}…<$/);
});
