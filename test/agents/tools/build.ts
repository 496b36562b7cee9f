// Runs a tool on a project as a build on this machine does: in the sandbox where there is one, through the toolset's own program.

import { join } from 'node:path';
import type { ToolName } from '../../../agents/sdk/tools.ts';
import type { JobResult } from '../../../agents/tools/job.ts';
import { packJob } from '../../../lambdas/worker/tool-job.ts';
import { builderHere } from '../../../local/codebuild/here.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const PROGRAMS = ['agents', 'core', 'node_modules', 'package.json', 'package-lock.json'];

export interface Measured {
  readonly result: JobResult;
  /** Raw report as text; empty when there is none. */
  readonly report: string;
}

export async function measure(
  tool: ToolName,
  files: Readonly<Record<string, string>>,
  input: object = {},
): Promise<Measured> {
  const builder = builderHere({
    sources: { toolset: { folder: root, readable: PROGRAMS.map((name) => join(root, name)) } },
    variables: {},
    path: process.env.PATH ?? '',
    trusted: true,
  });
  const workspace = Object.entries(files).map(([path, text]) => ({ path, text }));
  const ended = await builder.run(
    {
      id: 'tools:1',
      commands: ['node "$CODEBUILD_SRC_DIR_toolset/agents/tools/main.ts"'],
      variables: {},
      source: packJob(tool, input as never, workspace),
      secondarySources: ['toolset'],
      network: false,
      memoryBytes: 4 * 2 ** 30,
      timeoutMs: 120_000,
      artifactsFolder: 'out',
    },
    new AbortController().signal,
  );
  if (ended.status !== 'SUCCEEDED') throw new Error(`the build failed: ${ended.message}`);
  const text = (name: RegExp) =>
    Buffer.from(ended.artifacts.find(({ path }) => name.test(path))?.bytes ?? []).toString('utf8');
  return { result: JSON.parse(text(/^result\.json$/)) as JobResult, report: text(/^report\./) };
}
