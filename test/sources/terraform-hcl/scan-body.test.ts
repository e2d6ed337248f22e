import { hcl2json } from '../../../src/sources/terraform-hcl/hcl2json.ts';
import { readHcl } from '../../../src/sources/terraform-hcl/read-hcl.ts';

// hcl2json is the judge of what HCL is. Where there is a plan it is not asked, so the others have to refuse what it refuses.
test.each([
  ['an argument twice', 'a = 1\nb = 2\na = 3\n'],
  ['an argument twice in a block', 'x {\n  a = 1\n  a = 1\n}\n'],
  ['two arguments on a line', 'a = 1 b = 2\n'],
  ['an argument behind a string', 'a = "x" "y"\n'],
  ['an argument behind a block', 'x {\n} a = 1\n'],
  ['two blocks on a line', 'x {} y {}\n'],
  ['a block on a line with two arguments', 'x { a = 1, b = 2 }\n'],
  ['a block on a line with a block in it', 'x { y {} }\n'],
  ['a block that begins on its first line', 'x { a = 1\n}\n'],
  ['an argument that ends with the brace of its block', 'x {\n  a = 1 }\n'],
  ['a brace too many', 'x {\n}\n}\n'],
  ['a brace too few', 'x {\n'],
  ['a comparison in place of an argument', 'a == 1\n'],
])('%s is refused, also without hcl2json', async (_, text) => {
  expect(await hcl2json.convert(text)).toHaveProperty('message');
  expect(await readHcl('main.tf', text, undefined)).toHaveProperty('problem');
});

test.each([
  ['a comment behind an argument', 'a = 1 # one\nb = 2 // two\nc = 3 /* three */\n'],
  ['a comment behind a brace', 'x { # open\n} # closed\n'],
  ['a block on one line', 'x { a = 1 }\ny {}\n'],
  ['a comment inside a block on one line', 'x { /* one */ a = 1 /* two */ }\n'],
  ['no line break at the end', 'x {\n  a = 1\n}'],
  ['Windows line breaks', 'x {\r\n  a = 1\r\n}\r\nb = 2\r\n'],
  ['a heredoc', 'a = <<EOT\nx }\nEOT\nb = <<-EOT\n  y\n  EOT\n'],
  ['an argument over several lines', 'a = [\n  1,\n]\nb = (\n  1 +\n  2\n)\n'],
  ['one name in two blocks', 'x {\n  a = 1\n}\nx {\n  a = 1\n}\n'],
])('%s is read by both', async (_, text) => {
  expect(await hcl2json.convert(text)).toHaveProperty('json');
  const bodies = [await readHcl('main.tf', text, hcl2json), await readHcl('main.tf', text, undefined)];
  expect(bodies[0]).toHaveProperty('body');
  expect(JSON.stringify(bodies[1])).toBe(JSON.stringify(bodies[0]));
});
