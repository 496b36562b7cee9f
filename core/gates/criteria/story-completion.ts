import { type Criterion, type Finding, share } from '../criterion.ts';
import { acceptanceOf } from '../evidence/acceptance.ts';

export const storyCompletion: Criterion = {
  id: 'story-completion',
  kind: 'measured',
  evidence: 'AcceptanceTestResults by story, over the stories of UserStories',
  formula: 'stories all of whose acceptance tests pass / stories',
  evaluate(evidence) {
    const acceptance = acceptanceOf(evidence);
    if ('status' in acceptance) return acceptance;
    const { stories, accepted } = acceptance;
    const findings = stories
      .filter((story) => !accepted.includes(story))
      .map((story): Finding => ({ kind: 'coverage', text: `story ${story} is not done` }));
    return share(accepted.length, stories.length, 'stories pass all their acceptance tests', findings);
  },
};
