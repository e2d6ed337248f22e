import { findTerraformRoots } from '../../../src/sources/terraform-hcl/find-roots.ts';
import { memoryFiles } from './evaluate-text.ts';

function rootsIn(contents: Readonly<Record<string, string>>): readonly string[] {
  const directories = [
    ...new Set(Object.keys(contents).map((file) => file.split('/').slice(0, -1).join('/'))),
  ];
  return findTerraformRoots(directories, memoryFiles(contents)).map(
    ({ directory, mentionsAzure }) => `${directory}${mentionsAzure ? '' : ' (no Azure)'}`,
  );
}

test('a directory that another one calls is no root', () => {
  expect(
    rootsIn({
      'prod/main.tf': 'module "a" { source = "../modules/app" }\n',
      'modules/app/main.tf': 'module "b" {\n  source = "./inner" # note\n}\nresource "azurerm_lb" "x" {}\n',
      'modules/app/inner/main.tf': '',
      'alone/main.tf': 'resource "aws_vpc" "x" {}\n',
    }),
  ).toEqual(['prod', 'alone (no Azure)']);
});

test('the top directory can be a root, and can be called by examples', () => {
  expect(rootsIn({ 'main.tf': 'resource "azurerm_lb" "x" {}\n' })).toEqual(['']);
  expect(
    rootsIn({
      'main.tf': 'resource "azurerm_lb" "x" {}\n',
      'examples/a/main.tf': 'module "x" { source = "../.." }\n',
      'examples/b/main.tf.json': '{"module": {"x": {"source": "../../"}}}',
    }),
  ).toEqual(['examples/a', 'examples/b']);
});

test('a file that is too large to look into may be about Azure', () => {
  const large = `# ${'x'.repeat(6 * 1024 * 1024)}\n`;
  expect(rootsIn({ 'large/main.tf': large, 'small/main.tf': '# x\n' })).toEqual([
    'large',
    'small (no Azure)',
  ]);
});

test('sources in comments, strings and heredocs call nothing', () => {
  expect(
    rootsIn({
      'a/main.tf':
        '# module "x" { source = "../b" }\nlocals {\n  t = <<EOT\nmodule "x" { source = "../b" }\nEOT\n}\n',
      'b/main.tf': 'module "registry" { source = "Azure/network/azurerm" }\n',
    }),
  ).toEqual(['a (no Azure)', 'b']);
});

test('modules that call each other in a circle are all roots', () => {
  expect(
    rootsIn({
      'a/main.tf': 'module "b" { source = "../b" }\n',
      'b/main.tf': 'module "a" { source = "../a" }\n',
      'c/main.tf': 'module "c" { source = "../c" }\n',
    }),
  ).toEqual(['a (no Azure)', 'b (no Azure)', 'c (no Azure)']);
});

test('directories without configuration are none, and files that cannot be read call nothing', () => {
  expect(rootsIn({ 'a/readme.md': '', 'b/main.tf': 'module "x" {', 'c/main.tofu': '' })).toEqual([
    'b (no Azure)',
    'c (no Azure)',
  ]);
});
