/**
 * Compares what is read from the configuration alone with what terraform planned:
 *
 *     npm run build && node bench/compare-plans.mjs FOLDER...
 *
 * Each FOLDER holds a configuration and its `plan.json`, and may hold the `state.json` of its apply (`terraform show -json`).
 * Says which instances only one side has, how many of the values that the plan knows are the same, and, with a state, how
 * many of the ids of other instances are found. `--verbose` lists every difference. Modules may lie above FOLDER when
 * `ABOVE` in the environment names a directory that holds all; `DIST` names another build than `../dist`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const dist = process.env.DIST ?? new URL('../dist', import.meta.url).pathname;
const { readTerraformRoot } = await import(path.join(dist, 'src/sources/terraform-hcl/read-root.js'));

const verbose = process.argv.includes('--verbose');
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

function filesBelow(root) {
  return {
    read(file) {
      try {
        return readFileSync(path.join(root, file));
      } catch {
        return undefined;
      }
    },
    list(directory) {
      try {
        return readdirSync(path.join(root, directory), { withFileTypes: true }).map((entry) => ({
          name: entry.name,
          kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other',
        }));
      } catch {
        return undefined;
      }
    },
  };
}

/** Every scalar of a value of the plan with the steps to it. */
function* leavesOf(value, steps = []) {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') yield { steps, value };
  else
    for (const [key, item] of Object.entries(value))
      yield* leavesOf(item, [...steps, Array.isArray(value) ? Number(key) : key]);
}

/** The value of ours at the steps. Items of lists are found by their name, or else by their position or their text. */
function ourValue(attribute, planned, steps, target) {
  let value = attribute;
  let plan = planned;
  for (const step of steps) {
    if (value.kind === 'unknown' || value.kind === 'absent') return value;
    const next = plan[step];
    if (typeof step === 'number') {
      if (value.kind === 'object') value = { kind: 'list', items: [value] };
      if (value.kind !== 'list') return { kind: 'absent' };
      value = itemFor(value, next, step, target) ?? value.more ?? { kind: 'absent' };
    } else {
      if (value.kind === 'list' && value.items.length === 1) [value] = value.items;
      if (value.kind !== 'object') return { kind: 'absent' };
      value = value.fields.get(step.toLowerCase()) ?? value.more ?? { kind: 'absent' };
    }
    plan = next;
  }
  return value;
}

function itemFor(list, planned, position, target) {
  if (typeof planned !== 'object' || planned === null) {
    const same = list.items.find((item) => item.kind === 'known' && sameScalar(item.value, target));
    return same ?? list.items[position];
  }
  const named = list.items.find((item) => {
    const name = item.kind === 'object' ? item.fields.get('name') : undefined;
    return name?.kind === 'known' && String(name.value) === String(planned.name);
  });
  return named ?? list.items[position];
}

function sameScalar(ours, planned) {
  if (String(ours) === String(planned)) return true;
  const folded = [ours, planned].map((text) => String(text).toLowerCase().replaceAll(' ', ''));
  return folded[0] === folded[1];
}

function compareValues(entries, instances, differences) {
  const counts = { equal: 0, unknown: 0, notWritten: 0, different: 0 };
  for (const { address, values } of entries) {
    const instance = instances.get(address);
    if (instance === undefined) continue;
    for (const [name, planned] of Object.entries(values)) {
      const attribute = instance.attribute(name);
      for (const { steps, value } of leavesOf(planned)) {
        const ours = ourValue(attribute, planned, steps, value);
        const label = [address, name, ...steps].join(' ');
        if (ours.kind === 'known' && sameScalar(ours.value, value)) counts.equal += 1;
        else if (ours.kind === 'known' || ours.kind === 'list' || ours.kind === 'object') {
          counts.different += 1;
          differences.push(`value ${label}: planned ${value}, ours ${ours.value ?? ours.kind}`);
        } else if (ours.kind === 'unknown') {
          counts.unknown += 1;
          differences.push(
            `unknown ${label}: planned ${value}, ours waits for ${ours.reason.kind} ${ours.reason.name}`,
          );
        } else counts.notWritten += 1;
      }
    }
  }
  return counts;
}

/** The attributes that hold the id of another instance, by the state of the apply. */
function* linksOf(state) {
  const resources = [...resourcesOf(state.values.root_module)];
  const owners = new Map();
  for (const { address, values, mode, type } of resources) {
    // An association has the id of what it edits.
    if (mode === 'managed' && !type.endsWith('_association')) owners.set(values.id, address);
  }
  for (const { address, values } of resources) {
    for (const [name, value] of Object.entries(values)) {
      for (const leaf of leavesOf(value)) {
        const target = owners.get(leaf.value);
        if (target !== undefined && name !== 'id' && target !== address)
          yield { address, name, planned: value, ...leaf, target };
      }
    }
  }
}

function* resourcesOf(module) {
  yield* module.resources ?? [];
  for (const child of module.child_modules ?? []) yield* resourcesOf(child);
}

/** The value at a path such as `ip_configuration[0].id` of the values of an instance. */
function valueAt(values, property) {
  const steps = property.match(/[^.[\]]+/g) ?? [];
  return steps.reduce((value, step) => value?.[step], values);
}

/** A reference is right when what it refers to has, after the apply, the value that the attribute has. */
function compareLinks(state, instances, differences) {
  const counts = { exact: 0, candidates: 0, wrong: 0, unknown: 0, notWritten: 0 };
  const used = new Map();
  const values = new Map(
    [...resourcesOf(state.values.root_module)].map((resource) => [resource.address, resource.values]),
  );
  const addresses = new Map([...instances.values()].map(({ id, address }) => [id, address]));
  for (const { address, name, planned, steps, value, target } of linksOf(state)) {
    const instance = instances.get(address);
    if (instance === undefined || !instances.has(target)) continue;
    const isRight = ({ id, property }) => valueAt(values.get(addresses.get(id)), property) === value;
    const inList = typeof steps.at(-1) === 'number';
    const at = inList ? steps.slice(0, -1) : steps;
    let ours = ourValue(instance.attribute(name), planned, at, undefined);
    if (ours.kind === 'list') {
      const key = `${address} ${name} ${at.join()}`;
      const taken = used.get(key) ?? new Set();
      used.set(key, taken);
      const found = ours.items.find((item) => !taken.has(item) && (item.references ?? []).some(isRight));
      if (found !== undefined) taken.add(found);
      ours = found ?? ours.items[0] ?? { kind: 'absent' };
    }
    const references = ours.references ?? [];
    const has = references.some(isRight);
    const label = [address, name, ...steps].join(' ');
    const named = references.map(({ id, property }) => `${id}.${property}`).join();
    if (ours.kind === 'absent') counts.notWritten += 1;
    else if (has && references.length === 1 && ours.open !== true) counts.exact += 1;
    else if (has) {
      counts.candidates += 1;
      differences.push(`candidates ${label}: ${target} is one of ${named}${ours.open ? ' or another' : ''}`);
    } else if (references.length > 0 && ours.open !== true) {
      counts.wrong += 1;
      differences.push(`wrong ${label}: ${target}, ours ${named}`);
    } else {
      counts.unknown += 1;
      differences.push(`no link ${label}: ${target}, ours ${ours.kind} ${ours.reason?.name}`);
    }
  }
  return counts;
}

function plannedEntries(plan) {
  const changes = plan.resource_changes.filter(
    ({ change, deposed }) => deposed === undefined && !['delete', 'forget'].includes(change.actions.join()),
  );
  const entries = changes.map(({ address, change }) => ({ address, values: change.after ?? {} }));
  const read =
    plan.prior_state === undefined ? [] : [...resourcesOf(plan.prior_state.values?.root_module ?? {})];
  const known = new Set(entries.map(({ address }) => address));
  for (const { address, mode, values } of read) {
    if (mode === 'data' && !known.has(address)) entries.push({ address, values: {}, data: values });
  }
  return entries;
}

const total = {};
const sum = (part, counts) => {
  for (const [name, count] of Object.entries(counts))
    total[`${part} ${name}`] = (total[`${part} ${name}`] ?? 0) + count;
};

for (const folder of folders) {
  const plan = JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8'));
  const start = performance.now();
  const given = Object.fromEntries(
    Object.entries(plan.variables ?? {}).map(([name, { value }]) => [name, value]),
  );
  const home = path.resolve(folder, process.env.ABOVE ?? '.');
  const directory = path.relative(home, path.resolve(folder));
  const { root, problems } = await readTerraformRoot({
    directory,
    files: filesBelow(home),
    variables: { given },
  });
  if (root === undefined) {
    console.log(`${folder}: ${problems.map(({ message }) => message).join('; ')}`);
    continue;
  }
  for (const { attribute, type } of root.instances) attribute(type);
  const differences = [];
  const entries = plannedEntries(plan);
  const instances = new Map(root.instances.map((instance) => [instance.address, instance]));
  const planned = new Set(entries.map(({ address }) => address));
  const missing = [...planned].filter((address) => !instances.has(address));
  const extra = [...instances.keys()].filter((address) => !planned.has(address));
  for (const address of missing) differences.push(`missing ${address}`);
  for (const address of extra) differences.push(`extra ${address}`);
  const values = compareValues(entries, instances, differences);
  const stateFile = path.join(folder, 'state.json');
  const links = existsSync(stateFile)
    ? compareLinks(JSON.parse(readFileSync(stateFile, 'utf8')), instances, differences)
    : undefined;
  const milliseconds = Math.round(performance.now() - start);
  const addresses = { same: planned.size - missing.length, missing: missing.length, extra: extra.length };
  console.log(
    `${folder}: ${JSON.stringify({ addresses, values, links, problems: problems.length, milliseconds })}`,
  );
  if (verbose)
    for (const line of [
      ...problems.map(
        ({ code, message, origin }) => `problem ${code}: ${message} (${origin.path}:${origin.line})`,
      ),
      ...differences,
    ])
      console.log(`  ${line}`);
  sum('addresses', addresses);
  sum('values', values);
  if (links !== undefined) sum('links', links);
}
console.log(JSON.stringify(total, undefined, 1));
