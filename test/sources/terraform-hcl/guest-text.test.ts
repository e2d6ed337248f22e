import type { Unknown, Value } from '../../../src/value/value.ts';
import { instanceIn, rootOf } from './read-text.ts';

const ADDRESS = {
  id: '{azurerm_lb.a}',
  property: 'frontend_ip_configuration[0].private_ip_address',
};
const FILES = {
  'main.tf': `
resource "azurerm_lb" "a" {
  name = "lb"
  frontend_ip_configuration {
    name = "front"
  }
}
locals {
  ip = azurerm_lb.a.frontend_ip_configuration[0].private_ip_address
}
variable "secret" {
  sensitive = true
}
resource "test" "x" {
  template  = templatefile("start.tftpl", { target = local.ip, ports = [80, 443] })
  encoded   = base64encode(templatefile("start.tftpl", { target = local.ip, ports = [80] }))
  heredoc   = <<-EOT
    #!/bin/sh
    curl http://\${local.ip}:8080/
  EOT
  json      = jsonencode({ command = "curl \${local.ip}", n = 1 })
  joined    = join(" ", ["curl", local.ip])
  formatted = format("curl http://%s:%d/", local.ip, 80)
  trimmed   = trimspace("  curl \${local.ip}\\n")
  replaced  = replace("curl \${local.ip}\\r\\n", "\\r\\n", "\\n")
  indented  = indent(2, "a\\ncurl \${local.ip}")
  zipped    = base64gzip("curl \${local.ip}")
  decoded   = base64decode(base64encode("curl \${local.ip}"))
  rendered  = data.template_file.t.rendered
  cloud     = data.cloudinit_config.c.rendered
  secret    = "curl \${local.ip} \${var.secret}"
  nested    = base64encode("{\\"script\\": \\"\${base64encode("curl \${local.ip}")}\\"}")
}
data "template_file" "t" {
  template = "curl $\${target}"
  vars = {
    target = local.ip
  }
}
data "cloudinit_config" "c" {
  part {
    content = "curl \${local.ip}"
  }
  part {
    content = "echo done"
  }
}
`,
  'start.tftpl': `%{ for p in ports ~}
curl http://\${target}:\${p}/
%{ endfor ~}
`,
};

async function attribute(name: string): Promise<Value> {
  return instanceIn(await rootOf(FILES), 'test.x').attribute(name);
}

async function unknown(name: string): Promise<Unknown> {
  const value = await attribute(name);
  if (value.kind !== 'unknown') throw new Error(`${name} is ${value.kind}`);
  return value;
}

/** The parts with the address as one sign. */
function textOf({ parts = [] }: Unknown): string {
  return parts.map((part) => (typeof part === 'string' ? part : '@')).join('');
}

test.each([
  ['template', 'curl http://@:80/\ncurl http://@:443/\n'],
  ['encoded', 'curl http://@:80/\n'],
  ['heredoc', '#!/bin/sh\ncurl http://@:8080/\n'],
  ['json', '{"command":"curl @","n":1}'],
  ['joined', 'curl @'],
  ['formatted', 'curl http://@:80/'],
  ['trimmed', 'curl @'],
  ['replaced', 'curl @\n'],
  ['indented', 'a\n  curl @'],
  ['zipped', 'curl @'],
  ['decoded', 'curl @'],
  ['rendered', 'curl @'],
  ['cloud', 'curl @\necho done\n'],
])('%s keeps the text around an address that is not known', async (name, text) => {
  const value = await unknown(name);
  expect(textOf(value)).toBe(text);
  const addresses = (value.parts ?? []).filter((part) => typeof part !== 'string');
  for (const { references, open } of addresses) {
    expect(references).toEqual([ADDRESS]);
    expect(open).toBeUndefined();
  }
  expect(value.references).toContainEqual(ADDRESS);
});

test.each(['encoded', 'zipped', 'cloud'])('%s says which encoding its parts are in', async (name) => {
  expect((await unknown(name)).expression).toMatch(/^(base64|gzip)\(/);
});

test('text in base64 inside text in base64 is one unknown part of it', async () => {
  const value = await unknown('nested');
  const [before, inner, after] = value.parts ?? [];
  expect([before, after]).toEqual(['{"script": "', '"}']);
  expect(typeof inner === 'object' && textOf(inner)).toBe('curl @');
});

test('text with a secret in it has no name that would show it', async () => {
  const { expression } = await unknown('secret');
  expect(expression ?? '').not.toContain('curl');
});
