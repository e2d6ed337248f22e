/**
 * Reads every Bicep file below a directory, and compares each with the template that the Bicep compiler made of it. Syntax: files,
 * share without a fault, speed, the slowest. Evaluation: crashes and files over a second. Pairs: a `main.bicep` beside a generated
 * `main.json` (or `azuredeploy.json`) must declare the same resources through both sources; required parameters get made-up
 * values.
 */
import path from 'node:path';
import { deploymentScope } from '../dist/src/arm/deployment-scope.js';
import { canonicalText } from '../dist/src/arm/id-pattern.js';
import { evaluateTemplate } from '../dist/src/sources/arm-template/evaluate-template.js';
import { declareRoot } from '../dist/src/sources/bicep/declare-root.js';
import { parseBicep, parseBicepParameters } from '../dist/src/sources/bicep/parser.js';
import { readBicep } from '../dist/src/sources/bicep/read-bicep.js';
import {
  createCopyFinder,
  filesBelow,
  percent,
  printCrashes,
  printSlowest,
  readTextOrNothing,
  SHOWN,
  SLOW_MILLISECONDS,
  speedOf,
  sum,
  tally,
} from './corpus-files.mjs';

const MADE_UP = { kind: 'json', path: 'made up', pointer: '' };
/** The compiler's own copies of its test files, annotated. */
const ANNOTATED =
  /\.(?:syntax|tokens|symbols|diagnostics|formatted|ir|pprint|sourcemap|deploy)\.bicep(?:param)?$/;

export function measureBicep(directory, { differences }) {
  const isCopy = createCopyFinder();
  const files = filesBelow(directory)
    .filter((file) => /\.bicep(?:param)?$/.test(file) && !ANNOTATED.test(file))
    .flatMap((file) => {
      const text = readTextOrNothing(file);
      return text === undefined ? [] : [{ file, text, isCopy: isCopy(text) }];
    });
  measureSyntax(files, differences);
  measureEvaluation(files);
  const sources = files.filter(({ file }) => file.endsWith('.bicep'));
  comparePairs(sources, differences);
}

function measureSyntax(files, differences) {
  const distinct = files.filter(({ isCopy }) => !isCopy);
  const measured = distinct.map(({ file, text }) => {
    const start = performance.now();
    const { faults } = (file.endsWith('param') ? parseBicepParameters : parseBicep)(text);
    return { file, text, fault: faults[0], milliseconds: performance.now() - start };
  });
  const faulty = measured.filter(({ fault }) => fault !== undefined);
  const share = percent(measured.length - faulty.length, measured.length);
  console.log(`Bicep files: ${measured.length} distinct, ${share} without a fault, ${speedOf(measured)}`);
  printSlowest(measured);
  if (!differences) return;
  for (const { file, fault } of faulty) console.log(`  fault ${file} at ${fault.start}: ${fault.message}`);
}

function measureEvaluation(files) {
  const outcomes = files.map(({ file, text }) => {
    const start = performance.now();
    try {
      const surroundings = { readFile: readTextOrNothing, readTemplate: evaluateTemplate };
      const root = readBicep({ path: file, text, ...surroundings });
      return { file, milliseconds: performance.now() - start, root };
    } catch (error) {
      return { file, milliseconds: performance.now() - start, error };
    }
  });
  const crashes = outcomes.filter(({ error }) => error !== undefined);
  const roots = outcomes.flatMap(({ root }) => root ?? []);
  const slow = outcomes.filter(({ milliseconds }) => milliseconds > SLOW_MILLISECONDS);
  const resources = sum(roots.map(({ model }) => model.resources.length));
  console.log(`Bicep roots: ${files.length}, crashed ${crashes.length}, over a second ${slow.length}`);
  console.log(`  resources ${resources}`);
  console.log(`  problems: ${tally(roots.flatMap(({ problems }) => problems.map(({ code }) => code)))}`);
  printSlowest(outcomes);
  printCrashes(crashes);
  for (const { file, milliseconds } of slow.slice(0, SHOWN))
    console.log(`  slow ${milliseconds.toFixed(0)} ms ${file}`);
}

function comparePairs(files, differences) {
  const outcomes = new Map();
  for (const { file, text } of files) {
    const pair = templateBeside(file);
    if (pair === undefined) continue;
    const outcome = compare(file, text, pair);
    outcomes.set(outcome.kind, [...(outcomes.get(outcome.kind) ?? []), { file, ...outcome }]);
  }
  console.log('Bicep against the compiler:');
  for (const [kind, all] of [...outcomes].sort()) console.log(`  ${kind} ${all.length}`);
  if (!differences) return;
  for (const { file, kind, detail } of [...outcomes.values()].flat()) {
    if (kind !== 'same') console.log(`  ${kind} ${file}${detail === undefined ? '' : `\n    ${detail}`}`);
  }
}

function templateBeside(file) {
  const own = file.replace(/\.bicep$/, '.json');
  const deployed = path.join(path.dirname(file), 'azuredeploy.json');
  for (const candidate of path.basename(file) === 'main.bicep' ? [own, deployed] : [own]) {
    const text = readTextOrNothing(candidate)?.replace(/^\ufeff/, '');
    if (text === undefined || !/"_generator"/.test(text) || !/"name":\s*"bicep"/.test(text)) continue;
    try {
      return { file: candidate, text, json: JSON.parse(text) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function compare(file, text, pair) {
  const parameters = madeUpParameters(pair.json);
  const surroundings = { readFile: readTextOrNothing, readTemplate: evaluateTemplate };
  const bicep = declareRoot({ path: file, text, parameters, ...surroundings });
  const template = evaluateTemplate(
    pair.text,
    new Map([...parameters].map(([name, value]) => [name.toLowerCase(), () => value])),
    {
      path: pair.file,
      scope: deploymentScope(levelOf(pair.json), MADE_UP),
      prefix: '',
      label: '',
      readFile: readTextOrNothing,
    },
  );
  if ('problem' in template) return { kind: 'template refused' };
  const ours = linesOf(bicep.declarations);
  const theirs = linesOf(template.declared().declarations);
  if (ours.join('\n') === theirs.join('\n')) return { kind: 'same' };
  if (bicep.problems.some(({ code }) => code === 'module-not-available'))
    return { kind: 'module not restored' };
  if (
    namesOfParameters(text) !==
    Object.keys(pair.json.parameters ?? {})
      .map(lower)
      .sort()
      .join()
  ) {
    return { kind: 'template is older' };
  }
  const detail = firstDifference(ours, theirs);
  const isSameButNames =
    ours.map(withoutExpressions).join('\n') === theirs.map(withoutExpressions).join('\n');
  return { kind: isSameButNames ? 'same but for names of what is unknown' : 'different', detail };
}

function lower(text) {
  return text.toLowerCase();
}

function namesOfParameters(text) {
  const { declarations } = parseBicep(text);
  return declarations
    .flatMap((one) => (one.kind === 'parameter' ? [lower(one.name.text)] : []))
    .sort()
    .join();
}

function levelOf({ $schema }) {
  if (/subscriptionDeployment/i.test($schema)) return { level: 'subscription' };
  if (/managementGroupDeployment/i.test($schema)) return { level: 'management-group' };
  return /tenantDeployment/i.test($schema) ? { level: 'tenant' } : {};
}

function linesOf(declarations) {
  return declarations
    .filter(({ existing, type, condition }) => {
      const isNever = condition?.kind === 'known' && condition.value === false;
      return !existing && !isNever && !/^microsoft\.resources\/deployments$/i.test(type);
    })
    .map(({ type, id, body }) => `${type} ${canonicalText(id)} ${JSON.stringify(dataOf(body))}`)
    .map((line) =>
      line
        .toLowerCase()
        .replace(/\\r\\n/g, '\\n')
        .replace(/'[^']*\.(?:bicep|json):\d+:\d+'/g, "'place'")
        .replace(/unknown \d+/g, 'unknown'),
    )
    .sort();
}

function dataOf(value) {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'absent':
      return undefined;
    case 'unknown':
      return `«${value.expression ?? value.reason.name}»`;
    case 'list':
      return [...value.items.map((item) => dataOf(item) ?? null), ...(value.more === undefined ? [] : ['…'])];
    default: {
      const fields = [...value.fields].map(([name, field]) => [name, dataOf(field)]);
      const more = value.more === undefined ? {} : { '…': true };
      return { ...Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))), ...more };
    }
  }
}

function withoutExpressions(line) {
  return line.replace(/«[^»]*»/g, '«»').replace(/\{[^/]*\}/g, '{}');
}

function firstDifference(ours, theirs) {
  const left = ours.find((line) => !theirs.includes(line)) ?? '';
  const right = theirs.find((line) => !ours.includes(line)) ?? '';
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const around = (line) => line.slice(Math.max(0, at - 40), at + 80);
  return `…${around(left)}… against …${around(right)}… (${ours.length} and ${theirs.length} resources)`;
}

function madeUpParameters({ parameters = {}, definitions = {} }) {
  const values = new Map();
  for (const [name, declared] of Object.entries(parameters)) {
    const type = resolved(declared, definitions);
    if ('defaultValue' in declared || type.nullable) continue;
    values.set(name, toValue(madeUp(type, definitions, name, 0)));
  }
  return values;
}

function resolved(type, definitions) {
  let current = type;
  for (let hops = 0; current?.$ref !== undefined && hops < 5; hops += 1) {
    const name = current.$ref.replace('#/definitions/', '').replaceAll('~1', '/').replaceAll('~0', '~');
    current = { ...definitions[name], ...current, $ref: definitions[name]?.$ref };
  }
  return current;
}

function madeUp(declared, definitions, name, depth) {
  const type = resolved(declared, definitions);
  if (type === undefined || depth > 8) return null;
  if (type.allowedValues?.length > 0) return type.allowedValues[0];
  switch ((type.type ?? '').toLowerCase()) {
    case 'string':
    case 'securestring':
      return lower(`${name}value`)
        .slice(0, type.maxLength ?? 60)
        .padEnd(type.minLength ?? 0, 'x');
    case 'int':
      return type.minValue ?? Math.min(3, type.maxValue ?? 3);
    case 'bool':
      return true;
    case 'array': {
      const items =
        type.prefixItems ??
        Array(Math.max(type.minLength ?? 0, type.items === undefined ? 0 : 1)).fill(type.items);
      return items.map((item, index) => madeUp(item, definitions, `${name}${index}`, depth + 1));
    }
    default: {
      const [kind, variant] = Object.entries(type.discriminator?.mapping ?? {})[0] ?? [];
      const base = variant === undefined ? {} : madeUp(variant, definitions, name, depth + 1);
      const members = Object.entries(type.properties ?? {}).filter(([, member]) => !member.nullable);
      const own = members.map(([key, member]) => [key, madeUp(member, definitions, key, depth + 1)]);
      return {
        ...base,
        ...Object.fromEntries(own),
        ...(kind === undefined ? {} : { [type.discriminator.propertyName]: kind }),
      };
    }
  }
}

function toValue(data) {
  if (data === null || data === undefined) return { kind: 'absent', origin: MADE_UP };
  if (Array.isArray(data)) return { kind: 'list', items: data.map(toValue), origin: MADE_UP };
  if (typeof data !== 'object') return { kind: 'known', value: data, origin: MADE_UP };
  const fields = new Map(Object.entries(data).map(([name, value]) => [lower(name), toValue(value)]));
  const names = new Map(Object.keys(data).map((name) => [lower(name), name]));
  return { kind: 'object', fields, names, origin: MADE_UP };
}
