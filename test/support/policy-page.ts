import type { PolicyMeta } from '../../src/policy/index.ts';

/** An example folder as the page of its policy shows it. */
export interface PageExample {
  /** Name of the folder: `bad-frontend-port`. */
  readonly name: string;
  /** `main.tf` or `main.bicep`. */
  readonly file: string;
  /** Its text; the first line is a comment that says what the example shows. */
  readonly code: string;
  /** What the policy says about it, as text; empty when it says nothing. */
  readonly report: string;
}

/** The headings every page has, in this order, below `# <id>`. */
export const PAGE_HEADINGS: readonly string[] = [
  'Why',
  'What Azure does',
  'Bad',
  'Good',
  'Unknown',
  'Remedy',
  'When not to use it',
  'References',
];

/** `<!-- example: NAME [shows ADDRESS...] -->`, and what was written below it before. */
const EXAMPLE =
  /<!-- example: (?<name>\S+)(?: shows (?<addresses>[^>]+?))? -->\n(?<old>(?:(?!<!-- example: )[\s\S])*?<!-- \/example -->)?/g;
const TABLE = /<!-- policies -->\n[\s\S]*<!-- \/policies -->/;
const FENCE = /^```/;

/**
 * The page with everything below its example markers written anew: a link to the code, the blocks the marker names, and
 * what the policy says. Throws for a marker that names an example or a block that does not exist.
 */
export function regeneratePage(page: string, examples: readonly PageExample[]): string {
  return page.replace(EXAMPLE, (...match) => {
    const { name, addresses, old }: Record<string, string | undefined> = match.at(-1);
    const example = examples.find((candidate) => candidate.name === name);
    if (example === undefined) throw new Error(`the page shows \`${name}\`, which is not an example`);
    const shown = addresses?.split(' ') ?? [];
    const marker = `<!-- example: ${[name, ...(shown.length > 0 ? ['shows', ...shown] : [])].join(' ')} -->`;
    const end = old === undefined ? '<!-- /example -->\n' : '<!-- /example -->';
    return `${marker}\n${exampleText(example, shown)}\n${end}`;
  });
}

function exampleText({ name, file, code, report }: PageExample, shown: readonly string[]): string {
  const [caption = ''] = code.split('\n');
  const [language, find] = file.endsWith('.bicep') ? ['bicep', declarationOf] : ['hcl', blockAt];
  const blocks = shown.map((address) => find(code, address)).join('\n\n');
  const parts = [
    `[${name}](examples/${name}/${file}): ${caption.replace(/^(?:#|\/\/) /, '')}`,
    ...(shown.length === 0 ? [] : [`\`\`\`${language}\n${blocks}\n\`\`\``]),
    ...(report === '' ? [] : [`\`\`\`text\n${report.trimEnd()}\n\`\`\``]),
  ];
  return parts.join('\n\n');
}

/** The top-level block of formatted HCL with this address, verbatim: `azurerm_lb.web`, `module.nsg`, `locals`. */
function blockAt(code: string, address: string): string {
  const [kind = '', ...labels] = /^(?:module|variable|output|data|locals)\b/.test(address)
    ? address.split('.')
    : ['resource', ...address.split('.')];
  const header = [kind, ...labels.map((label) => `"${label}"`), '{'].join(' ');
  const lines = code.split('\n');
  const start = lines.indexOf(header);
  const length = lines.slice(start).indexOf('}');
  if (start === -1 || length === -1) throw new Error(`there is no block \`${address}\` to show`);
  return lines.slice(start, start + length + 1).join('\n');
}

/** The top-level declaration of formatted Bicep with this name, verbatim. */
function declarationOf(code: string, name: string): string {
  const lines = code.split('\n');
  const start = lines.findIndex(
    (line) => /^(?:resource|module|param|var|output) (\S+)/.exec(line)?.[1] === name,
  );
  const [first = ''] = lines.slice(start);
  const isOpen = /[{[]$/.test(first);
  const length = isOpen ? lines.slice(start).findIndex((line) => line === '}' || line === ']') : 0;
  if (start === -1 || length === -1) throw new Error(`there is no declaration \`${name}\` to show`);
  return lines.slice(start, start + length + 1).join('\n');
}

/** The headings of a page with their texts, in their order, and what stands above the first of them under ``. */
export function sectionsOf(page: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let heading = '';
  for (const { line, isCode } of linesOf(page)) {
    if (!isCode && line.startsWith('## ')) heading = line.slice('## '.length);
    else sections.set(heading, `${sections.get(heading) ?? ''}${line}\n`);
  }
  return sections;
}

/** The names of the examples that a text has markers for, in their order. */
export function examplesShownIn(text: string): readonly string[] {
  return [...text.matchAll(EXAMPLE)].map(({ groups }) => groups?.name ?? '');
}

/** The lines a person wrote: neither code nor what stands below an example marker. */
export function proseOf(page: string): readonly string[] {
  const written = page.replace(EXAMPLE, '').replace(TABLE, '');
  return linesOf(written).flatMap(({ line, isCode }) => (isCode ? [] : [line]));
}

function linesOf(page: string): readonly { readonly line: string; readonly isCode: boolean }[] {
  let isOpen = false;
  return page.split('\n').map((line) => {
    const isFence = FENCE.test(line);
    const isCode = isOpen || isFence;
    if (isFence) isOpen = !isOpen;
    return { line, isCode };
  });
}

/** The page of all policies with its table written anew. */
export function regenerateTable(page: string, metas: readonly PolicyMeta[]): string {
  const rows = metas.map(
    ({ id, severity, confidence, title }) =>
      `| [${id}](${id}/README.md) | ${severity} | ${confidence} | ${title} |`,
  );
  const table = ['| policy | severity | confidence | what must hold |', '| --- | --- | --- | --- |', ...rows];
  return page.replace(TABLE, () => `<!-- policies -->\n${table.join('\n')}\n<!-- /policies -->`);
}
