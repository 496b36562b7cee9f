import type { IdeaSpec } from '../../artifacts/idea-spec.ts';
import type { RTM } from '../../artifacts/rtm.ts';
import { type Criterion, type Evidence, type Finding, share, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';

export const coverage: Criterion = {
  id: 'coverage',
  kind: 'computed',
  evidence: 'RTM, and the requirements of IdeaSpec where the phase has it',
  formula: 'requirements traced to a story, to API or code, and to a test / requirements',
  evaluate(evidence: Evidence) {
    const rows = contentOf<RTM>(evidence, 'RTM')?.rows;
    if (rows === undefined) return unmeasured('there is no RTM');
    const stated = contentOf<IdeaSpec>(evidence, 'IdeaSpec')?.requirements?.map(({ id }) => id) ?? [];
    const requirements = [...new Set([...stated, ...rows.map(({ requirement }) => requirement)])];
    if (requirements.length === 0) return unmeasured('there are no requirements to trace');
    const findings = requirements.flatMap((requirement): Finding[] => {
      const row = rows.find((one) => one.requirement === requirement);
      const lacks = [
        ...(row?.stories.length ? [] : ['a story']),
        ...(row?.api.length || row?.code.length ? [] : ['API or code']),
        ...(row?.tests.length ? [] : ['a test']),
      ];
      return lacks.length === 0
        ? []
        : [
            {
              kind: 'coverage',
              text: `${requirement} is not traced to ${lacks.join(', ')}`,
              artifacts: ['RTM', 'UserStories'],
            },
          ];
    });
    return share(requirements.length - findings.length, requirements.length, 'requirements are traced', findings);
  },
};
