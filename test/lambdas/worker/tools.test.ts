// Tool calls on a worker: who may, that a measurement is made once a run, that what a build leaves is not trusted, and that a
// task waits for its build over invocations.

import { afterEach, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { AgentContext, ToolResult, WorkspaceRef } from '../../../agents/sdk/context.ts';
import type { BuildState } from '../../../lambdas/clients/codebuild.ts';
import { packJob } from '../../../lambdas/worker/tool-job.ts';
import type { ToolBuilds } from '../../../lambdas/worker/tools.ts';
import { objects } from '../../../store/keys.ts';
import { getBytes, putText } from '../../../store/objects.ts';
import { type Bench, openBench } from './bench.ts';

let bench: Bench;
afterEach(() => bench.tables.world.close());

const FILES = [
  { path: 'src/b.ts', text: 'export const b = 1;\n' },
  { path: 'package.json', text: '{}' },
];
const CLEAN = {
  status: 'measured',
  by: 'typescript 6.0.3',
  value: { exitCode: 0, errors: 0, problems: [] },
  report: { file: 'report.txt', mediaType: 'text/plain' },
};

/** A project's builds, driven by hand: what is put there when one starts, and how it ends. */
function handBuilds(leave: (folder: string) => Promise<void>, states: BuildState[] = []) {
  const started: string[] = [];
  const builds = {
    async start(_name: string, { source, artifacts }: { source: string; artifacts: string }) {
      started.push(source);
      await leave(artifacts);
      return `project:${started.length}`;
    },
    look: async (): Promise<BuildState> => states.shift() ?? { state: 'succeeded' },
    stop: async () => {},
  };
  return { started, builds: { tools: builds, registry: builds } satisfies ToolBuilds };
}

const leaving =
  (result: object | string, raw = 'clean') =>
  async (folder: string) => {
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    await putText(bench.tables.bucket, `${folder}/result.json`, text, 'application/json');
    await putText(bench.tables.bucket, `${folder}/report.txt`, raw, 'text/plain');
  };

interface Seen {
  readonly workspace: WorkspaceRef;
  readonly results: ToolResult<unknown>[];
}

function checking(seen: Seen[], times = 1) {
  return async (ctx: AgentContext) => {
    const workspace = await ctx.workspace(FILES);
    const results = [];
    for (let time = 0; time < times; time += 1) results.push(await ctx.tool('typecheck', { workspace }));
    seen.push({ workspace, results });
    return { artifacts: {} };
  };
}

const failureOf = async () => (await bench.row()).failures.at(-1)?.code;

describe('a tool call', () => {
  it('is refused when the pipeline does not allow the tool to the agent, and nothing is started', async () => {
    const { started, builds } = handBuilds(leaving(CLEAN));
    bench = await openBench({
      builds,
      run: async (ctx) => {
        await ctx.tool('lint', { workspace: await ctx.workspace(FILES) });
        return { artifacts: {} };
      },
    });
    await bench.deliver();
    expect([await failureOf(), started]).toEqual(['IdeaMine.ToolDenied', []]);
  });

  it('gives what was measured with the raw report under its hash, and is made once for the same input', async () => {
    const seen: Seen[] = [];
    const { started, builds } = handBuilds(leaving(CLEAN));
    bench = await openBench({ builds, run: checking(seen, 2) });
    await bench.deliver();
    const [first, second] = seen[0]?.results ?? [];
    expect(first).toMatchObject({ status: 'measured', by: 'typescript 6.0.3', value: CLEAN.value });
    expect(second).toEqual(first);
    expect(started).toHaveLength(1);
    const sha256 = first?.status === 'measured' ? first.report.sha256 : '';
    const raw = await getBytes(bench.tables.bucket, objects.evidence((await bench.row()).runId, sha256), 100);
    expect(Buffer.from(raw?.bytes ?? []).toString()).toBe('clean');
  });

  it('hands a build that may ask a registry the manifests, and no code', () => {
    const files = unzipSync(packJob('vulnerabilities', {}, FILES));
    expect(Object.keys(files).sort()).toEqual(['job.json', 'workspace/package.json']);
  });

  it('hands the build the job and the files', async () => {
    const seen: Seen[] = [];
    const { started, builds } = handBuilds(leaving(CLEAN));
    bench = await openBench({ builds, run: checking(seen) });
    await bench.deliver();
    const zip = await getBytes(bench.tables.bucket, started[0] as string, 10_000);
    const files = unzipSync(zip?.bytes ?? new Uint8Array());
    expect(Object.keys(files).sort()).toEqual(['job.json', 'workspace/package.json', 'workspace/src/b.ts']);
    expect(JSON.parse(Buffer.from(files['job.json'] ?? []).toString())).toEqual({ tool: 'typecheck', input: {} });
  });

  it('says unmeasured with the reason when no build can be run', async () => {
    const seen: Seen[] = [];
    const failed: BuildState = { state: 'failed', message: 'install the package bubblewrap' };
    const { builds } = handBuilds(async () => {}, [failed]);
    bench = await openBench({ builds, run: checking(seen) });
    await bench.deliver();
    expect(seen[0]?.results[0]).toEqual({
      status: 'unmeasured',
      reason: 'typecheck was not run: install the package bubblewrap',
    });
  });

  it('says unmeasured where the stage was deployed without', async () => {
    const seen: Seen[] = [];
    bench = await openBench({ run: checking(seen) });
    await bench.deliver();
    expect(seen[0]?.results[0]).toMatchObject({ status: 'unmeasured', reason: expect.stringContaining('tools=off') });
  });

  it.each([
    ['no JSON', 'exit 0, all fine'],
    ['another shape', { status: 'measured', by: 'x', value: {}, report: CLEAN.report }],
    [
      'a report outside of its folder',
      { ...CLEAN, report: { file: '../../other/report.txt', mediaType: 'text/plain' } },
    ],
  ])('does not believe a build that left %s', async (_what, left) => {
    const { builds } = handBuilds(leaving(left));
    bench = await openBench({ builds, run: checking([]) });
    await bench.deliver();
    expect(await failureOf()).toBe('IdeaMine.ToolInfrastructure');
  });

  it('waits for the build it started before, in a fresh invocation too', async () => {
    const seen: Seen[] = [];
    const states: BuildState[] = [];
    const { started, builds } = handBuilds(leaving(CLEAN), states);
    bench = await openBench({ builds, run: checking(seen) });
    for (let look = 0; look < 1_000; look += 1) states.push({ state: 'running' });
    const first = bench.deliver();
    await bench.clock.advance(540_000);
    await first;
    expect([seen.length, bench.sent.length]).toEqual([0, 1]);
    states.length = 0;
    await bench.deliver({ continuation: 1 } as never);
    expect(seen[0]?.results[0]?.status).toBe('measured');
    expect(started).toHaveLength(1);
  });
});

describe('a workspace', () => {
  it('is named by its files, in whatever order they come', async () => {
    const refs: WorkspaceRef[] = [];
    bench = await openBench({
      run: async (ctx) => {
        refs.push(await ctx.workspace(FILES), await ctx.workspace(FILES.toReversed()));
        return { artifacts: {} };
      },
    });
    await bench.deliver();
    expect(refs[1]).toEqual(refs[0]);
  });

  it.each(['../outside.ts', '/etc/passwd', 'a//b', '', 'a/./b'])('refuses the path %j', async (path) => {
    bench = await openBench({
      run: async (ctx) => ({ artifacts: { IdeaSpec: await ctx.workspace([{ path, text: '' }]) } }),
    });
    await bench.deliver();
    expect(await failureOf()).toBe('IdeaMine.BadInput');
  });
});
