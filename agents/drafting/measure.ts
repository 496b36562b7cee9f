// A tool's measurement for an agent: unmeasured, with the reason, also where the artifacts name no project or the pipeline does
// not allow the agent the tool. An agent that cannot measure still hands on what it knows otherwise.

import { unmeasured } from '../../core/artifacts/measured.ts';
import type { AgentContext, ToolResult, WorkspaceRef } from '../sdk/context.ts';
import type { ToolInputs, ToolName, ToolValues } from '../sdk/tools.ts';

export async function measure<Name extends ToolName>(
  ctx: AgentContext,
  tool: Name,
  workspace: WorkspaceRef | undefined,
  input: Omit<ToolInputs[Name], 'workspace'>,
): Promise<ToolResult<ToolValues[Name]>> {
  return ctx.step(`run ${tool}`, async () => {
    if (workspace === undefined) return unmeasured(`${tool} was not run: no artifact names the project's files`);
    try {
      return await ctx.tool(tool, { ...input, workspace } as ToolInputs[Name]);
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code !== 'IdeaMine.ToolDenied') throw thrown;
      return unmeasured(`${tool} was not run: the pipeline does not allow it to agent ${ctx.agent}`);
    }
  });
}
