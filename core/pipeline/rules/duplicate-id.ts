// Phases, agents of a phase, dossier slots, and the artifacts a phase lists are each named once.

import type { Sited } from '../draft.ts';
import type { Finding, Rule } from '../rule.ts';

export const duplicateId: Rule = {
  id: 'duplicate-id',
  check(draft) {
    const phaseIds = draft.phases.map(({ id, at }) =>
      id === undefined ? undefined : { value: id, at: [...at, 'id'] },
    );
    return [
      ...repeated(phaseIds, 'phase'),
      ...repeated(
        draft.slots.map(({ id }) => id),
        'dossier slot',
      ),
      ...draft.phases.flatMap((phase) => [
        ...repeated(
          phase.agents.map(({ id }) => id),
          'agent of the phase',
        ),
        ...repeated(phase.needs, 'needed artifact'),
        ...repeated(phase.makes, 'made artifact'),
      ]),
    ];
  },
};

function repeated(names: readonly (Sited<string> | undefined)[], what: string): Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const name of names) {
    if (name === undefined) continue;
    if (seen.has(name.value)) {
      const message = `the ${what} is declared twice`;
      findings.push({ at: name.at, found: `a second ${name.value}`, expected: 'each name once', message });
    }
    seen.add(name.value);
  }
  return findings;
}
