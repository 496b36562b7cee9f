// Lets a model choose which tools to call before it answers. Each call goes through the context, which refuses what the
// pipeline does not allow this agent, whatever the model says; what a tool gave comes back to the model as data.

import { z } from 'zod';
import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import type { Json } from '../../core/json.ts';
import type { AgentContext, SourceRef, WorkspaceRef } from './context.ts';
import type { ToolName } from './tools.ts';

export interface ToolLoop<T> {
  /** Unique in the task: each turn is a step of its own. */
  readonly name: string;
  readonly artifact: ArtifactType;
  readonly answer: z.ZodType<T>;
  readonly instructions: string;
  readonly sources: readonly SourceRef[];
  readonly notes?: readonly { readonly label: string; readonly content: Json }[];
  /** The project every tool works on: not the model's to choose. */
  readonly workspace: WorkspaceRef;
  /** Offered to the model; what the pipeline allows is decided elsewhere. */
  readonly tools: readonly ToolName[];
  /** Calls before it has to answer. */
  readonly mostCalls: number;
}

const call = z.strictObject({
  tool: z.string().max(64).describe('name of the tool'),
  input: z.record(z.string().max(64), z.union([z.string().max(2000), z.number(), z.boolean()])),
});

/** @returns undefined when the model has used up its calls without an answer. */
export async function answerWithTools<T>(ctx: AgentContext, loop: ToolLoop<T>): Promise<T | undefined> {
  const turn = z.strictObject({
    call: call.nullable().describe('a tool to call next, or null to answer'),
    answer: loop.answer.nullable().describe('the answer, or null to call a tool'),
  });
  const notes = [...(loop.notes ?? [])];
  for (let number = 1; number <= loop.mostCalls + 1; number += 1) {
    const said = await ctx.step(`${loop.name}: turn ${number}`, () =>
      ctx.model.draft({
        artifact: loop.artifact,
        schema: turn,
        instructions: `${loop.instructions}. Tools you may call first: ${loop.tools.join(', ')}`,
        sources: loop.sources,
        notes,
      }),
    );
    if (said.call === null) return said.answer ?? undefined;
    const { tool, input } = said.call;
    const content = await ctx.step(`${loop.name}: call ${number}`, () => calling(ctx, loop.workspace, tool, input));
    notes.push({ label: `result ${number} of ${tool}`, content });
  }
  return undefined;
}

async function calling(
  ctx: AgentContext,
  workspace: WorkspaceRef,
  tool: string,
  input: Readonly<Record<string, Json>>,
): Promise<Json> {
  try {
    return (await ctx.tool(tool as ToolName, { ...input, workspace } as never)) as unknown as Json;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'IdeaMine.ToolDenied') throw error;
    ctx.log.warn('a model asked for a tool it may not use', { tool });
    return { denied: 'this tool may not be used here' };
  }
}
