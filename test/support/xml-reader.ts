/** An element of an XML document, with the text directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const TOKEN = /<\?xml [^>]*\?>|<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y;
const ENTITY = /&(?:amp|lt|gt|quot|apos);/g;
const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Reads a document that uses elements, attributes, text and the five entities; throws for anything else. */
export function readXml(document: string): XmlElement {
  interface Open extends XmlElement {
    readonly children: XmlElement[];
    text: string;
  }
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(document);
    const inside = open.at(-1);
    if (match === null || inside === undefined) throw new Error(`no XML at ${at}`);
    const [, end, name, attributes, empty, text] = match;
    if (text !== undefined) inside.text += decoded(text);
    if (name === undefined) continue;
    if (end === '/') {
      if (inside.name !== name) throw new Error(`${inside.name} ends as ${name}`);
      open.pop();
      continue;
    }
    const pairs = [...(attributes ?? '').matchAll(/([\w-]+)="([^"]*)"/g)];
    const element: Open = {
      name,
      attributes: Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, decoded(value)])),
      children: [],
      text: '',
    };
    inside.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [only] = root.children;
  if (open.length !== 1 || only === undefined || root.children.length !== 1)
    throw new Error('not one element');
  return only;
}

function decoded(text: string): string {
  // https://www.w3.org/TR/xml/#charsets
  if (/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a forbidden character');
  if (text.replace(ENTITY, '').includes('&')) throw new Error('an unknown entity');
  return text.replace(ENTITY, (entity) => CHARACTERS[entity] ?? entity);
}
