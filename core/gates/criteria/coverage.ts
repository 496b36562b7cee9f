import { type Criterion, type Evidence, type Finding, share, unmeasured } from '../criterion.ts';
import { tracesOf } from '../evidence/traces.ts';

export const coverage: Criterion = {
  id: 'coverage',
  kind: 'computed',
  evidence:
    'RTM, held against UserStories and the requirements of IdeaSpec; code, tests and results where there are any',
  formula:
    'requirements traced to a story, to API or code, and to a test / requirements; a story that serves no requirement counts as one that is not traced',
  evaluate(evidence: Evidence) {
    const traced = tracesOf(evidence);
    if (traced === undefined) return unmeasured('there is no RTM');
    const { traces, strays } = traced;
    if (traces.length + strays.length === 0) return unmeasured('there are no requirements to trace');
    const artifacts = ['RTM', 'UserStories'];
    const findings = traces.flatMap(({ requirement, stories, api, code, tests, results }): Finding[] => {
      const lacks = [
        ...(stories.length > 0 ? [] : ['a story']),
        ...(api.length > 0 || code.length > 0 ? [] : ['API or code']),
        ...(tests.length > 0 ? [] : ['a test']),
      ];
      if (lacks.length > 0) {
        return [{ kind: 'coverage', text: `${requirement} is not traced to ${lacks.join(', ')}`, artifacts }];
      }
      return results !== undefined && results.failed > 0
        ? [{ kind: 'other', text: `${requirement} is traced to ${results.failed} tests that fail`, artifacts }]
        : [];
    });
    const untraced = strays.map(
      (id): Finding => ({ kind: 'coverage', text: `${id} serves no requirement`, artifacts }),
    );
    const whole = traces.length + strays.length;
    const found = [...findings, ...untraced];
    return share(whole - found.length, whole, 'requirements are traced', found);
  },
};
