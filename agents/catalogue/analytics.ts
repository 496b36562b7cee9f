import type { GTMStrategy } from '../../core/artifacts/gtm-strategy.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { citing } from '../drafting/citing.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';
import { targetOf } from '../text/targets.ts';

/** Counts each signal of success that the strategy names, against its target. */
export const analytics = defineAgent({
  id: 'analytics',
  title: 'Analytics',
  workerClass: 'tools',
  reads: ['GTMStrategy'],
  makes: ['BetaMetrics'],
  async run(ctx) {
    const { successSignals } = ctx.input.artifact<GTMStrategy>('GTMStrategy');
    const signals = await ctx.step('count the signals', () =>
      successSignals.map((signal, at) => ({
        id: `BM${at + 1}`,
        statement: citing('GTMStrategy', `/successSignals/${at}`, signal),
        target: targetOf(signal.text)?.value ?? null,
        value: unmeasured(NOT_RUN.users),
      })),
    );
    return { artifacts: { BetaMetrics: { signals } } };
  },
});
