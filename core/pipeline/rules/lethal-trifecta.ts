// No agent of a phase reads untrusted text, sees private data and can act on the outside, all three, unless a person has
// approved what it reads: then an instruction hidden in the text could send the data away. The three are derived: untrusted
// is the idea and whatever was made from it without a person's approval; private is said of the artifact's type; acting
// outside is said of the tool.

import type { Draft, DraftPhase } from '../draft.ts';
import { IDEA } from '../model.ts';
import type { Rule } from '../rule.ts';

export const lethalTrifecta: Rule = {
  id: 'lethal-trifecta',
  check(draft, { actingTools = [], privateArtifacts = [] }) {
    const untrusted = untrustedIn(draft);
    return draft.phases.flatMap((phase) => {
      const seen = seenIn(phase);
      const tainted = seen.find((type) => untrusted.has(type));
      const secret = seen.find((type) => privateArtifacts.includes(type));
      if (tainted === undefined || secret === undefined) return [];
      return phase.agents.flatMap(({ tools }) =>
        tools
          .filter(({ value }) => actingTools.includes(value))
          .map(({ value, at }) => ({
            at,
            found: `${value}, with ${secret} and ${tainted} at hand`,
            expected: 'a tool that acts inside, or gate: {approval: person} on the phases it reads from',
            message: 'untrusted text, private data and an act on the outside meet in one agent',
          })),
      );
    });
  },
};

/** What an agent of the phase may read: what the phase needs, and what others of it made before. */
function seenIn({ needs, makes, inTurns }: DraftPhase): string[] {
  return [...needs, ...(inTurns ? makes : [])].map(({ value }) => value);
}

/** Grows until it is whole: phases may stand in any order. */
function untrustedIn({ phases }: Draft): ReadonlySet<string> {
  const untrusted = new Set<string>([IDEA]);
  for (let before = -1; before !== untrusted.size; ) {
    before = untrusted.size;
    for (const { needs, makes, approved } of phases) {
      if (approved || !needs.some(({ value }) => untrusted.has(value))) continue;
      for (const { value } of makes) untrusted.add(value);
    }
  }
  return untrusted;
}
