import type { Finding } from '../criterion.ts';
import { acceptanceOf } from '../evidence/acceptance.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** At least `stories` stories are done. */
export const storyCompletionGuard: Guard = {
  id: 'story-completion',
  parameters: ['stories'],
  criterion: 'story-completion',
  check(evidence, parameters) {
    const least = numberOf(parameters, 'stories', 5);
    const acceptance = acceptanceOf(evidence);
    if ('status' in acceptance) return acceptance;
    const { stories, accepted } = acceptance;
    const found = `${accepted.length} of ${stories.length} stories are done`;
    if (accepted.length >= least) return held(found);
    const finding: Finding = { kind: 'coverage', text: `${found}, expected at least ${least}` };
    return broken(found, `at least ${least}`, [finding]);
  },
};
