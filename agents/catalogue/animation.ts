import { DURATIONS } from '../domain/design.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Sets how long things move, and that nothing moves for those who do not want it. */
export const animation = defineAgent({
  id: 'animation',
  title: 'Motion',
  workerClass: 'models',
  reads: ['IdeaSpec'],
  makes: ['DesignSystem'],
  async run(ctx) {
    const durations = await ctx.step('set the durations', () => DURATIONS);
    const reducedMotion = 'With prefers-reduced-motion nothing moves; changes show at once.';
    return { artifacts: { DesignSystem: { motion: { durations, reducedMotion } } } };
  },
});
