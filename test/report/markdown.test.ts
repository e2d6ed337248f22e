import { toMarkdown, toPathsMarkdown } from '../../src/report/markdown.ts';
import { codeText, markdownText } from '../../src/report/markdown-text.ts';
import { mermaidOf } from '../../src/report/mermaid.ts';
import { fullReport, hostileReport, OPTIONS, PLANTED, VIOLATION } from './format-sample.ts';
import { EVIDENCE, finding, findingOn, pathsOf, reportOf, rootOf } from './sample.ts';

test('a violation is a heading, a picture of the way of its packet, and what to do', () => {
  const text = toMarkdown(reportOf(rootOf({ findings: [VIOLATION], passed: 3 })), OPTIONS);
  expect(text).toBe(
    `<!-- portcullis -->

## Portcullis: 1 violation

checked 0 paths: 1 violation (1 error), 0 unknown, 3 passed

### \`error[port-closed]\`

tcp/8080 of \`lb-web/http\` is closed

at \`infra/main.bicep:41:7\`

\`\`\`mermaid
flowchart LR
  n0["203.0.113.7"]
  n1["snet-web<br>nsg-web#58; AllowWeb 100 allow"]:::allow
  n0 --> n1
  n2["nic-web<br>nsg-nic#58; DenyAllInBound 65500 deny"]:::deny
  n1 --> n2
  n3(["dropped"]):::deny
  n2 --x n3
  classDef allow stroke:#1a7f37
  classDef deny stroke:#cf222e,stroke-width:3px
  classDef open stroke-dasharray:4
\`\`\`

- packet: \`tcp 203.0.113.7:50000 -> an address in vnet-main, port 8080\`
- path: \`203.0.113.7 -> snet-web [nsg-web: AllowWeb 100 allow] -> nic-web [nsg-nic: DenyAllInBound 65500 deny] -> dropped\`
- note: \`lb-web/http\` sends packets here: infra/main.bicep:80:7
- note: the default of Azure
- help: open it
- docs: <https://example.com/port-closed>
`,
  );
});

test('what is undecided, not read or accepted has its own part', () => {
  const text = toMarkdown(fullReport(), OPTIONS);
  expect(text.match(/^##.*/gm)).toEqual([
    '## Portcullis: 2 violations, 1 undecided, 2 problems',
    '### `error[port-closed]`',
    '### `warning[port-odd] (suspected)`',
    '### Not decided',
    '### Not read',
    '### Accepted',
  ]);
  expect(text).toContain('  - waits for: port (a parameter without a value)\n');
  expect(text).toContain('- `port-closed` tcp/8080 of `lb-web/http` is closed: it goes in May\n');
});

test('what is known from before is counted and not listed', () => {
  const suppressed = [{ finding: finding(), reason: 'known in the baseline', by: 'baseline' as const }];
  const text = toMarkdown(reportOf(rootOf({ suppressed, passed: 1 })), OPTIONS);
  expect(text).toContain('1 passed, 1 known before');
  expect(text).not.toContain('### Accepted');
});

test('the table of paths follows, closed until somebody opens it', () => {
  const paths = pathsOf({ subnetRules: [], rule: { backendPort: 8080 } });
  const table = [
    '| rule | client | traffic | data | probe | because | members |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| lb/r | internet | tcp 80 -> 8080 | blocked | open | default-deny | nic0/ip |',
  ].join('\n');
  const report = reportOf(rootOf({ paths }));
  expect(toMarkdown(report, OPTIONS)).toContain(
    `<details><summary>1 path</summary>\n\n${table}\n\n</details>\n`,
  );
  expect(toPathsMarkdown(report)).toBe(`## Portcullis: paths\n\n${table}\n`);
});

// GitHub refuses a comment of more than 65,536 characters.
test('a report is never longer than a comment may be, and says what it leaves out', () => {
  const many = Array.from({ length: 2000 }, (_, index) =>
    findingOn(`r${index}`, 'a', { evidence: EVIDENCE }),
  );
  const text = toMarkdown(reportOf(rootOf({ findings: many })), OPTIONS);
  expect(text.length).toBeLessThan(65_536);
  const shown = text.match(/^### /gm)?.length ?? 0;
  expect(text).toContain(`\n${2000 - shown} parts more did not fit here`);
  expect(text.match(/```mermaid/g)).toHaveLength(10);
});

test.each([
  ['tcp/80 of `a b` is closed (1/2)', 'tcp/80 of `a b` is closed (1/2)'],
  ['<script>alert(1)</script> @octocat #1', '`<script>alert(1)</script>` `@octocat` `#1`'],
  ['![i](https://evil.example)', '`![i](https://evil.example)`'],
  ['see https://evil.example or www.evil.example', 'see `https://evil.example` or `www.evil.example`'],
  ['*a* _b_ ~c~ &amp; a\\b', '`*a*` `_b_` `~c~` `&amp;` `a\\b`'],
  ['one ` backtick', 'one  backtick'],
  ['``` fence', ' fence'],
  ['a -> b', 'a -> b'],
])('%s is written as %s', (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test('code cannot be ended by what stands in it', () => {
  expect(codeText('a`b\n```c')).toBe("`a'b\ufffd'''c`");
});

test('a label of the picture holds nothing that Mermaid or Markdown reads', () => {
  const hops = EVIDENCE.hops.map((hop) => ({ ...hop, at: '"]\n```\n<b>%%{init}%% click;#`' }));
  const picture = mermaidOf({ ...EVIDENCE, hops }, undefined);
  expect(picture.match(/^ {2}n1\["(.*)<br>/m)?.[1]).toBe(
    '#34;#93;#65533;#96;#96;#96;#65533;#60;b#62;#37;#37;#123;init#125;#37;#37; click#59;#35;#96;',
  );
  expect(picture.split('\n')).toHaveLength(11);
});

test('planted text is code wherever it stands', () => {
  const text = `${toMarkdown(hostileReport(), OPTIONS)}${toPathsMarkdown(hostileReport())}`;
  expect(text).toContain('alert(1)');
  expect(text).not.toMatch(/^\s*::|##\w*\[/m);
  expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u);
  const fences = text.split(/^```(?:mermaid)?$/m);
  expect(fences.length % 2).toBe(1);
  const outside = fences.filter((_, index) => index % 2 === 0).join('\n');
  const prose = outside
    .replace(/`[^`\n]*`/g, '')
    .replace(/<https:\/\/example\.com\/port-closed>|<!-- portcullis -->/g, '');
  expect(prose).not.toMatch(/[`<>[\]!@\\|~*_&$]|#(?!#| )|https?:/);
});

test('addresses of documents are links only when they are plain', () => {
  const text = toMarkdown(
    reportOf(rootOf({ findings: [finding({ docs: `https://a.example/${PLANTED}` })] })),
    OPTIONS,
  );
  expect(text).toContain('- docs: `https://a.example/');
});

test('a clean report says so', () => {
  expect(toMarkdown(reportOf(rootOf({ passed: 2 })), OPTIONS)).toBe(
    '<!-- portcullis -->\n\n## Portcullis: no violations\n\nchecked 0 paths: no violations, 0 unknown, 2 passed\n',
  );
});
