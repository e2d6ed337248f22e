import { canonicalText } from '../../../src/arm/id-pattern.ts';
import { evaluateTemplate } from '../../../src/sources/arm-template/evaluate-template.ts';
import type { BicepInput, DeclaredRoot } from '../../../src/sources/bicep/declare-root.ts';
import { declareRoot } from '../../../src/sources/bicep/declare-root.ts';
import { known, type Value } from '../../../src/value/value.ts';

const ORIGIN = { kind: 'json', path: 'given', pointer: '' } as const;

/** A value as data: `?` and its expression where it is not known, `…` where there may be more. */
function plain(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'known':
      return value.sensitive ? `secret ${value.value}` : value.value;
    case 'absent':
      return null;
    case 'unknown':
      return `?${value.expression ?? value.reason.name}`;
    case 'list':
      return [...value.items.map(plain), ...(value.more === undefined ? [] : ['…'])];
    case 'object': {
      const fields = [...value.fields].map(([name, field]) => [value.names?.get(name) ?? name, plain(field)]);
      return { ...Object.fromEntries(fields), ...(value.more === undefined ? {} : { '…': true }) };
    }
  }
}

export interface Read {
  /** `address type name` with the body, in order; `existing`, and conditions that are open, are told. */
  readonly resources: Readonly<Record<string, unknown>>;
  readonly ids: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly gaps: readonly string[];
  readonly problems: readonly string[];
  readonly root: DeclaredRoot;
}

type Options = Partial<Omit<BicepInput, 'parameters' | 'text'>> & {
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
};

const SCOPE = { subscription: known('sub', ORIGIN), resourceGroup: known('rg', ORIGIN) };

/** Reads Bicep text among other files, in the subscription `sub` and the group `rg`. */
export function read(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Options = {},
): Read {
  const { parameters = {}, ...rest } = options;
  const root = declareRoot({
    path: 'main.bicep',
    text,
    readFile: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    readTemplate: evaluateTemplate,
    scope: SCOPE,
    ...rest,
    parameters: new Map(Object.entries(parameters).map(([name, value]) => [name, known(value, ORIGIN)])),
  });
  const resources: Record<string, unknown> = {};
  const ids: Record<string, string> = {};
  for (const { address, type, name, id, body, condition, existing } of root.declarations) {
    const marks = `${existing ? ' existing' : ''}${condition?.kind === 'unknown' ? ` if ${condition.expression}` : ''}`;
    resources[`${address} ${type} ${plain(name)}${marks}`] = plain(body);
    ids[address] = canonicalText(id);
  }
  return {
    resources,
    ids,
    outputs: Object.fromEntries((root.outputs ?? []).map(({ name, value }) => [name, plain(value)])),
    gaps: root.gaps.map(({ reason }) => `${reason.kind} ${reason.name}`),
    problems: root.problems.map(({ code, message }) => `${code}: ${message}`),
    root,
  };
}

/** The value of an expression, with declarations before it. */
export function evaluateText(expression: string, before = ''): unknown {
  const { outputs, problems } = read(`${before}\noutput o object = ${expression}\n`);
  return problems.length === 0 ? outputs.o : `${plain(undefined) ?? ''}${problems.join('; ')}`;
}
