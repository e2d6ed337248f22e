import { deploymentScope, type KnownScope } from '../../src/arm/deployment-scope.ts';
import type { Model } from '../../src/model/model.ts';
import type { Resource } from '../../src/model/resource.ts';
import { evaluateTemplate, type TemplateContext } from '../../src/sources/arm-template/evaluate-template.ts';
import { readArmTemplate } from '../../src/sources/arm-template/read-arm-template.ts';
import type { Problem } from '../../src/text/problem.ts';
import { known, type Value } from '../../src/value/value.ts';

const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const ORIGIN = { kind: 'text', path: 'main.json', line: 1, column: 1, endLine: 1, endColumn: 2 } as const;

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';

/** The scope that tests deploy to where ids are to be known. */
export const SCOPE: KnownScope = {
  subscription: known(SUBSCRIPTION, ORIGIN),
  resourceGroup: known('rg', ORIGIN),
  deployment: known('main', ORIGIN),
};

/** Where tests evaluate templates. */
export const CONTEXT: TemplateContext = {
  path: 'main.json',
  scope: deploymentScope(SCOPE, ORIGIN),
  prefix: '',
  label: '',
  readFile: () => undefined,
};

export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;

/** The sections of a template; the schema is added. */
export type Template = Readonly<Record<string, unknown>>;

export function templateText(template: Template): string {
  return JSON.stringify({ $schema: SCHEMA, contentVersion: '1.0.0.0', resources: [], ...template });
}

export interface ReadOptions {
  /** Values of parameters, as a parameters file has them. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Other files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly scope?: KnownScope;
}

/** The model of a template, and its problems. A fatal problem fails the test. */
export function readTemplate(
  template: Template,
  { parameters, files = {}, scope = SCOPE }: ReadOptions = {},
): { readonly model: Model; readonly problems: readonly Problem[] } {
  const outcome = readArmTemplate({
    path: 'main.json',
    text: templateText(template),
    readFile: (path) => files[path],
    scope,
    ...(parameters === undefined
      ? {}
      : { parameters: [{ path: 'main.parameters.json', text: JSON.stringify({ parameters }) }] }),
  });
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return outcome;
}

/** The data of a known value. What is not known reads `?expression`, what may have more ends with `...`. */
export function plain(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'known':
      return value.value;
    case 'absent':
      return null;
    case 'list':
      return [...value.items.map(plain), ...(value.more === undefined ? [] : ['...'])];
    case 'object': {
      const fields = [...value.fields].map(([name, item]) => [value.names?.get(name) ?? name, plain(item)]);
      return Object.fromEntries(value.more === undefined ? fields : [...fields, ['...', true]]);
    }
    case 'unknown':
      return `?${value.expression ?? value.reason.name}`;
  }
}

/** The value of an expression in a template, and the messages of the problems it gives. */
export function evaluateIn(
  expression: unknown,
  template: Template = {},
  scope: KnownScope = SCOPE,
): { readonly value: Value; readonly problems: readonly string[] } {
  const text = templateText({ ...template, outputs: { it: { type: 'object', value: expression } } });
  const outcome = evaluateTemplate(text, new Map(), { ...CONTEXT, scope: deploymentScope(scope, ORIGIN) });
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const value = outcome.output('it');
  if (value === undefined) throw new Error('no output');
  return { value, problems: outcome.problems().map(({ message }) => message) };
}

/** The data of an expression in a template. */
export function dataIn(expression: unknown, template: Template = {}): unknown {
  return plain(evaluateIn(expression, template).value);
}

/** The data of the body of a resource, by its address. */
export function bodyOf(model: Model, address: string): unknown {
  return plain(resourceAt(model, address).body);
}

export function resourceAt(model: Model, address: string): Resource {
  const found = model.resources.find((resource) => resource.address === address);
  if (found === undefined)
    throw new Error(`${address} is none of ${model.resources.map((one) => one.address).join(', ')}`);
  return found;
}
