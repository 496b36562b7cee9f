// `npm run scale`: what the proofs promise, seen happen in virtual time. The built-in pipeline stretched to fifty hours, and fifty hours
// of a phase of ten thousand tasks at concurrency ten. Prints what was counted as JSON and exits 1 when a promise is broken.

import { join } from 'node:path';
import { assemblyFor } from '../cli/assembly.ts';
import { follow } from '../cli/follow.ts';
import { installation, makeHome } from '../cli/home.ts';
import { type LocalStage, openLocalStage } from '../cli/local-stage.ts';
import { prepareRun, pushRun } from '../cli/new-run.ts';
import { startExecution } from '../cli/stage.ts';
import type { Json } from '../core/json.ts';
import type { Pipeline } from '../core/pipeline/model.ts';
import { pinPipeline } from '../core/pipeline/pin.ts';
import { stretch } from '../core/pipeline/rehearsal.ts';
import { artifactItem, putEnvelope } from '../store/artifacts.ts';
import { readEvents } from '../store/events.ts';
import { transact } from '../store/table.ts';
import { listTasks } from '../store/task-row.ts';
import { type Histories, historiesOf } from './histories.ts';

/** AWS ends an execution there. */
const MOST_EVENTS = 25_000;
const HOURS = 50;
const TASKS = Number(process.env.SCALE_TASKS ?? 10_000);
const AT_ONCE = 10;
const START = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
/** So that all of them together take a little more than the hours. */
const PACE_MS = Math.ceil((1.02 * HOURS * HOUR_MS * AT_ONCE) / TASKS);
/** A run of so many in all is what is meant by a long one. */
const MANY_EVENTS = 60_000;
const IDEA = join(installation, 'examples', 'ideas', 'tool-library.md');
const RUN = 'r1';

const home = makeHome(join(installation, '.ideamine', 'scale'));
const promises: [boolean, string][] = [];
const promise = (kept: boolean, what: string) => void promises.push([kept, what]);

async function play(
  pipelineFile: string,
  change: (pipeline: Pipeline) => Pipeline,
  meanwhile: (stage: LocalStage) => Promise<void> = async () => {},
) {
  const prepared = prepareRun(IDEA, { pipeline: pipelineFile, offline: true, gates: 'advise' });
  const pinned = pinPipeline(change(prepared.pinned.pipeline));
  const assembly = await assemblyFor(pinned, pipelineFile, home);
  const stage = await openLocalStage({ assemblyDir: assembly.dir, clock: { kind: 'virtual', start: START }, seed: 1 });
  const began = performance.now();
  try {
    const executionArn = await startExecution(stage, RUN, await pushRun(stage, { ...prepared, pinned }));
    await meanwhile(stage);
    const { execution } = await follow(stage, { runId: RUN, executionArn, everyMs: HOUR_MS, declines: true });
    return {
      status: execution.status,
      virtualHours: (stage.world.fabric.clock.now() - START) / HOUR_MS,
      realSeconds: Math.round((performance.now() - began) / 1000),
      histories: await historiesOf(stage),
      stalled: (await readEvents(stage.table, RUN)).filter(({ type }) => type === 'phase.stalled').length,
      tasks: (await listTasks(stage.table, RUN)).map(({ agent, status }) => ({ agent, status })),
    };
  } finally {
    await stage.world.close();
  }
}

const fits = (name: string, { longest }: Histories) =>
  promise(longest.events < MOST_EVENTS / 2, `${name}: the longest history has ${longest.events} events`);

async function fiftyHours() {
  const { tasks, ...run } = await play(join('pipelines', 'idea-to-release.yaml'), (of) => stretch(of, HOURS, 1));
  promise(run.status === 'SUCCEEDED', `fifty hours: ${run.status}`);
  fits('fifty hours', run.histories);
  return { ...run, tasks: tasks.length };
}

/** The list is put in the place of the one the first phase made while the phase that shares it out is at its first agent. */
async function tenThousandTasks() {
  const list = 'ConstraintsList';
  const { tasks, ...run } = await play(
    join('test', 'infra', 'scenes.yaml'),
    (of) => ({
      ...of,
      phases: of.phases.map((phase) => ({
        ...phase,
        budget: { ...phase.budget, tokens: 1_000_000_000, wallMinutes: 20_000 },
        agents: phase.agents.map((agent) => ({ ...agent, paceMs: PACE_MS })),
      })),
    }),
    async (stage) => {
      const atWork = async () => (await listTasks(stage.table, RUN)).some(({ agent }) => agent === 'nfrs');
      while (!(await atWork()))
        await stage.world.run(() => false, { deadline: stage.world.fabric.clock.now() + 30_000 });
      const content: Json = { constraints: Array.from({ length: TASKS }, (_, n) => ({ id: `C-${n + 1}` })) };
      const made = { phase: 'intake', agents: ['constraints'], provider: null, model: null };
      const ref = await putEnvelope(stage.bucket, RUN, { type: list, schemaVersion: 1, madeBy: made, content });
      const row = {
        ...ref,
        runId: RUN,
        type: list,
        phase: 'intake',
        attempt: 9,
        round: 1,
        at: new Date(START).toISOString(),
      };
      await transact(stage.table, [artifactItem(stage.table, row)]);
    },
  );
  const shared = tasks.filter(({ agent }) => agent === 'tech-stack');
  const done = shared.filter(({ status }) => status === 'committed').length;
  promise(done === TASKS, `ten thousand tasks: ${done} of ${shared.length} were done`);
  promise(run.stalled === 0, `ten thousand tasks: ${run.stalled} were taken for stalled`);
  promise(
    run.virtualHours > HOURS,
    `ten thousand tasks: ${run.virtualHours.toFixed(1)} hours at concurrency ${AT_ONCE}`,
  );
  promise(run.histories.events > MANY_EVENTS, `ten thousand tasks: ${run.histories.events} events in all`);
  fits('ten thousand tasks', run.histories);
  return { ...run, tasks: tasks.length };
}

const which = process.argv[2];
const found = {
  ...(which === 'tasks' ? {} : { fiftyHours: await fiftyHours() }),
  ...(which === 'hours' ? {} : { tenThousandTasks: await tenThousandTasks() }),
};
process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
for (const [kept, what] of promises) process.stdout.write(`${kept ? 'ok    ' : 'BROKEN'} ${what}\n`);
process.exitCode = promises.every(([kept]) => kept) ? 0 : 1;
