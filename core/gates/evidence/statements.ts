// The statements a consistency check compares: every known claim of what the phase makes and of what it needs.

import { isUnknown } from '../../artifacts/claim.ts';
import type { Evidence, Finding } from '../criterion.ts';
import { type Comparison, compareStatements } from '../text/contradictions.ts';
import { claimsOf, placeName } from './look.ts';

export function compareClaims(
  evidence: Evidence,
): Comparison & { readonly statements: number; readonly findings: readonly Finding[] } {
  const others = Object.keys(evidence.artifacts)
    .filter((type) => !evidence.makes.includes(type))
    .sort();
  const claims = claimsOf(evidence, [...evidence.makes, ...others]).filter(({ claim }) => !isUnknown(claim));
  const comparison = compareStatements(
    claims.map(({ artifact, pointer, claim }) => ({ text: claim.text, where: placeName(artifact, pointer) })),
  );
  const findings = comparison.contradictions.map(
    ({ first, second, about, why }): Finding => ({
      kind: 'contradiction',
      text: `${about}: ${first.where} says "${first.text}", ${second.where} says "${second.text}" (${why})`,
      artifacts: [...new Set([first, second].map(({ where }) => /^\w+/.exec(where)?.[0] ?? where))],
    }),
  );
  return { ...comparison, statements: claims.length, findings };
}
