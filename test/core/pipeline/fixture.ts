// A small sound pipeline to break, and the words it may use.

import type { Known } from '../../../core/pipeline/known.ts';
import { loadPipeline } from '../../../core/pipeline/load.ts';
import type { Problem } from '../../../core/pipeline/problem.ts';

export const known = {
  artifactTypes: ['IdeaSpec', 'PRD', 'UserStories', 'SourceCode', 'TestReport'],
  criteria: ['completeness', 'grounding', 'clarity'],
  guards: { clarity: ['atLeast'], 'items-at-least': ['artifact', 'path', 'atLeast'] },
  guardFault: (_, { atLeast }) => (typeof atLeast === 'number' ? undefined : 'atLeast must be a number'),
  agentIds: ['intake', 'prd-writer', 'story-cutter', 'backend'],
  tools: ['type-checker', 'registry'],
  actingTools: ['registry'],
  privateArtifacts: ['TestReport', 'PRD'],
  providers: ['offline', 'priced'],
  aggregations: ['longest'],
} satisfies Known;

export const sound = `# A comment, so that lines count.
name: small
version: 1.0.0
title: A small pipeline
models:
  standard: {provider: offline, model: extractive}
phases:
  - id: intake
    needs: [Idea]
    makes: [IdeaSpec]
    agents: [intake]
    budget: {tokens: 50k, tool: 5 min, wall: 15 min, usd: 0.50}
    gate:
      atLeast: 0.75
      weights: {completeness: 0.3, clarity: 0.4, grounding: 0.3}
      guards:
        - {criterion: clarity, atLeast: 0.7}
  - id: prd
    needs: [IdeaSpec]
    makes: [PRD, UserStories]
    mode: 2 at a time
    agents:
      - prd-writer
      - {id: story-cutter, tier: standard}
    budget: {tokens: 50k, tool: 5 min, wall: 15 min, usd: 0.25}
    gate:
      atLeast: 0.75
      weights: {grounding: 1}
dossier:
  slots:
    - {id: prd, section: product, artifact: PRD}
    - {id: signature, section: security, artifact: Signature}
`;

/** The sound text with one part replaced; the part must be there exactly once. */
export function broken(part: string, replacement: string): string {
  const pieces = sound.split(part);
  if (pieces.length !== 2) throw new Error(`expected ${JSON.stringify(part)} once, found ${pieces.length - 1} times`);
  return pieces.join(replacement);
}

export function problemsOf(text: string, words: Known = known): readonly Problem[] {
  const loading = loadPipeline(text, 'small.yaml', words);
  return 'problems' in loading ? loading.problems : [];
}
