// @ts-check
import { asBoolean, definePolicy, field, pass, ruleSubjects, undecided } from 'portcullis';

const idleTimeoutWithoutReset = definePolicy({
  id: 'idle-timeout-without-reset',
  title: 'Rules tell both ends of an idle connection that it is over',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'set enableTcpReset of the rule to true (tcp_reset_enabled in Terraform)',
  references: [
    {
      title: 'Load Balancer TCP reset and idle timeout',
      url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset',
    },
  ],
  messages: {
    /** @param {{ name: string }} facts */
    silent: ({ name }) =>
      `\`${name}\` forgets idle connections without a reset, and both of their ends go on waiting`,
  },

  // Each rule of a load balancer is asked about once. UDP has no connections.
  subjects: (network) =>
    ruleSubjects(network).filter(({ path: { rule } }) => {
      const { protocol } = rule;
      return protocol.kind !== 'known' || protocol.value.toLowerCase() !== 'udp';
    }),

  // Every subject gets one of three answers: it holds, it is violated, or the code does not settle it.
  check({ path }) {
    const reset = asBoolean(field(path.rule.properties, 'enableTcpReset'));
    if (reset.kind === 'unknown') return undecided(`whether \`${path.name}\` resets idle connections`, [reset]);
    if (reset.kind === 'known' && reset.value) return pass;
    return {
      status: 'violation',
      say: 'silent',
      with: { name: path.name },
      ...(reset.kind === 'known' && { at: reset.origin }),
    };
  },
});

export const policies = [idleTimeoutWithoutReset];
