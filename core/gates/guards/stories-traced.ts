import type { IdeaSpec } from '../../artifacts/idea-spec.ts';
import type { Finding } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';
import { tracesOf } from '../evidence/traces.ts';
import { broken, type Guard, held } from '../guard.ts';

/**
 * Every story serves a requirement, and every requirement that is something to do has a story and a test. A limit set from
 * outside, such as a date or a sum, may be kept by a plan instead; the coverage criterion counts it.
 */
export const storiesTraced: Guard = {
  id: 'stories-traced',
  parameters: [],
  criterion: 'coverage',
  check(evidence) {
    const traced = tracesOf(evidence);
    if (traced === undefined) return { status: 'unmeasured', reason: 'there is no RTM' };
    const functional = contentOf<IdeaSpec>(evidence, 'IdeaSpec')?.requirements?.filter(
      ({ kind }) => kind === 'functional',
    );
    const ids = new Set(functional?.map(({ id }) => id));
    const artifacts = ['RTM', 'UserStories'];
    const untraced = traced.strays.map(
      (id): Finding => ({ kind: 'coverage', text: `${id} serves no requirement`, artifacts }),
    );
    const unserved = traced.traces
      .filter(({ requirement, stories, tests }) => ids.has(requirement) && (stories.length === 0 || tests.length === 0))
      .map(({ requirement, stories }): Finding => {
        const lacks = stories.length === 0 ? 'story' : 'test';
        return { kind: 'coverage', text: `${requirement} is something to do and has no ${lacks}`, artifacts };
      });
    const findings = [...untraced, ...unserved];
    if (findings.length === 0)
      return held(`${ids.size} requirements that are something to do, all with story and test`);
    return broken(`${untraced.length} untraced stories and ${unserved.length} unserved requirements`, 'none', findings);
  },
};
