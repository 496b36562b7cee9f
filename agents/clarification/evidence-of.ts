// What the agents of a clarification round look at: the idea and every artifact at hand.

import { artifactTypes } from '../../core/artifacts/artifact-type.ts';
import type { ClarificationPaper } from '../../core/clarification/paper.ts';
import type { Evidence } from '../../core/gates/criterion.ts';
import type { Json } from '../../core/json.ts';
import type { AgentContext } from '../sdk/context.ts';

export const paperOf = (ctx: AgentContext): ClarificationPaper =>
  ctx.input.artifact<ClarificationPaper>('Clarification');

export function evidenceOf(ctx: AgentContext, makes: readonly string[]): Evidence {
  const types = artifactTypes.filter((type) => ctx.input.has(type));
  const artifacts = Object.fromEntries(types.map((type) => [type, ctx.input.artifact<Json>(type)]));
  return { idea: ctx.input.idea, artifacts, makes };
}
