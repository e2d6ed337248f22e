import { readFileSync } from 'node:fs';
import { policies } from '../policies/index.ts';
import { runCli } from './support/cli.ts';

const readme = readFileSync('README.md', 'utf8');
const commands = [...readme.matchAll(/```sh\n(.*?)\n```/gs)].map(([, block]) => block ?? '');

/** Rewrites the report in the README when asked to, so that it never has to be typed. */
const UPDATE = process.env.UPDATE_DOCS === '1';

test('the report is what the first command prints', async () => {
  const { stdout, code } = await runCli(['gate', 'examples/public-web-tier/plan.json']);
  const [first = ''] = stdout.split('\n\n');
  if (UPDATE) {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      'README.md',
      readme.replace(/```text\n.*?\n```/s, () => `\`\`\`text\n${first}\n\`\`\``),
    );
    return;
  }
  expect(code).toBe(1);
  expect(readme).toContain(`\`\`\`text\n${first}\n\`\`\``);
});

test('two lines do everything on a fresh clone', () => {
  expect(commands.slice(0, 2)).toEqual([
    'npm ci && npm run build && node dist/src/cli.js gate examples/public-web-tier/plan.json',
    'npm ci && npm test',
  ]);
});

test('continuous integration runs the test command of the README', () => {
  const script = readFileSync('.ci/run', 'utf8');
  const [install, run] = commands[1]?.split(' && ') ?? [];
  expect(script).toMatch(new RegExp(`^${install}$`, 'm'));
  expect(script).toContain(`step tests ${run} `);
});

test.each([...readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map(([, target]) => target ?? ''))(
  'the link to %s leads somewhere',
  (target) => {
    expect(() => readFileSync(target)).not.toThrow();
  },
);

test('every command the README shows exists', async () => {
  const { stdout } = await runCli(['--help']);
  const shown = new Set([...readme.matchAll(/portcullis ([a-z]+)/g)].map(([, name]) => name ?? ''));
  expect([...shown].filter((name) => !stdout.includes(`\n  ${name} `))).toEqual([]);
  expect(policies.length).toBeGreaterThan(0);
});
