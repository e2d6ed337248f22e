import type { Config } from '../config/config.ts';
import type { Policy, Severity } from '../policy/index.ts';
import type { Arguments } from './arguments.ts';
import type { OptionName } from './commands.ts';
import type { Io } from './io.ts';
import { quoted, validChoice } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What `--color` can say. */
export const COLORS = ['auto', 'always', 'never'] as const;
/** What `--fail-on` can say. */
export const LEVELS = ['error', 'warning', 'info', 'never'] as const;

/** What `--protocol` can say. */
export const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/** The lowest severity of a violation that counts. */
export type FailOn = (typeof LEVELS)[number];

/** The values of an option, in their order; none when it is not given. */
export function valuesOf({ options }: Arguments, name: OptionName): readonly string[] {
  return options.get(name) ?? [];
}

/** The level of `--fail-on`; the last one counts. Flag, then environment, then configuration. */
export function failOnOf(args: Arguments, io: Io, config: Config): FailOn {
  const chosen = choiceOf(args, 'fail-on', LEVELS);
  if (chosen !== undefined) return chosen;
  const fromEnvironment = io.env.PORTCULLIS_FAIL_ON ?? '';
  if (fromEnvironment === '') return config.failOn ?? 'error';
  const level = LEVELS.find((candidate) => candidate === fromEnvironment);
  if (level !== undefined) return level;
  throw new UsageError(
    `\`PORTCULLIS_FAIL_ON\` cannot be ${quoted(fromEnvironment)}${validChoice(fromEnvironment, LEVELS)}`,
  );
}

/** Whether unknown answers and problems count. Flag, then environment, then configuration. */
export function strictOf(args: Arguments, io: Io, config: Config): boolean {
  if (args.options.has('strict')) return true;
  const fromEnvironment = io.env.PORTCULLIS_STRICT ?? '';
  return fromEnvironment === '' ? config.strict === true : !['0', 'false'].includes(fromEnvironment);
}

/** The severities of a configuration, without the policies it turns off. */
export function severitiesOf({ policies = {} }: Config): Readonly<Record<string, Severity>> {
  return Object.fromEntries(
    Object.entries(policies).flatMap(([id, level]) => (level === 'off' ? [] : [[id, level] as const])),
  );
}

/** Whether colours are wanted. Without `--color`, on a terminal that has none refused (https://no-color.org). */
export function wantsColor(args: Arguments, io: Io, isTerminal: boolean): boolean {
  const choice = choiceOf(args, 'color', COLORS) ?? 'auto';
  if (choice !== 'auto') return choice === 'always';
  return isTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
}

/**
 * The policies that `--only` and `--skip` leave of those the configuration does not turn off; `--only` turns them on again.
 * Throws a UsageError for an unknown one, and when none is left.
 */
export function selectPolicies(
  args: Arguments,
  policies: readonly Policy[],
  config: Config,
): readonly Policy[] {
  const only = valuesOf(args, 'only').map((id) => policyNamed(id, policies));
  const skip = valuesOf(args, 'skip').map((id) => policyNamed(id, policies));
  const isOn = (policy: Policy): boolean =>
    only.length === 0 ? config.policies?.[policy.meta.id] !== 'off' : only.includes(policy);
  const selected = policies.filter((policy) => isOn(policy) && !skip.includes(policy));
  if (selected.length === 0 && policies.length > 0) {
    throw new UsageError('`--only` and `--skip` leave no policy to run');
  }
  return selected;
}

/** The policy with this id. Throws a UsageError that names the nearest one. */
export function policyNamed(id: string, policies: readonly Policy[]): Policy {
  const policy = policies.find(({ meta }) => meta.id === id);
  if (policy !== undefined) return policy;
  const ids = policies.map(({ meta }) => meta.id);
  throw new UsageError(`unknown policy ${quoted(id)}${validChoice(id, ids)}`);
}

/** The value of an option that has a few; the last one counts. Throws a UsageError for any other. */
export function choiceOf<T extends string>(
  args: Arguments,
  name: OptionName,
  choices: readonly T[],
): T | undefined {
  const chosen = valuesOf(args, name).map((value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw new UsageError(`\`--${name}\` cannot be ${quoted(value)}${validChoice(value, choices)}`);
  });
  return chosen.at(-1);
}
