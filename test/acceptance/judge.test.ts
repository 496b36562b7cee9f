// Judged criteria on the real handlers: a judge of another provider than the author's is asked, and what it says counts while the
// spans it cites are there; without one, or with the author as judge, nobody knows, the weight is shared and the report says so.

import { afterEach, expect, it } from '@jest/globals';
import { offlineProvider } from '../../agents/models/offline.ts';
import type { ModelProvider } from '../../agents/models/provider.ts';
import type { GateReport } from '../../core/gates/report.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { readPayload } from '../../store/payload.ts';
import { listTasks } from '../../store/task-row.ts';
import { builtInPipeline, exampleIdea } from './broken.ts';
import { type Drive, holding, openDrive } from './drive.ts';

let drive: Drive;
afterEach(() => drive.close());

const judgedBy = (provider: string): Pipeline => {
  const pipeline = holding(builtInPipeline, 'ideation');
  return { ...pipeline, models: { ...pipeline.models, judge: { provider, model: 'm-1' } } } as Pipeline;
};

/** Stands outside: a model that gives every rubric .8 and cites the first `end` characters of the idea. */
const arbiter = (end: number): ModelProvider => ({
  ...offlineProvider(),
  id: 'arbiter',
  worstCase: () => ({ tokens: 10, usdMicros: 1 }),
  async generate({ schema }) {
    const cites = [{ source: 'Idea', pointer: '', start: 0, end }];
    const asked = Object.keys(schema.properties as object);
    return {
      value: Object.fromEntries(asked.map((id) => [id, { score: 0.8, opinion: { text: 'It can be built.', cites } }])),
      tokens: { input: 5, output: 5, cached: 0 },
      usdMicros: 1,
      provider: 'arbiter',
      model: 'm-1',
    };
  },
});

async function feasibility(pipeline: Pipeline, others: readonly ModelProvider[]) {
  drive = await openDrive({ idea: exampleIdea, pipeline, others });
  await drive.through('intake', 'ideation');
  const attempt = (await drive.attempts('ideation')).at(-1);
  if (attempt?.report === undefined) throw new Error('there is no report');
  const report = (await readPayload(drive.tables.bucket, attempt.report)) as unknown as GateReport;
  const asked = (await listTasks(drive.tables.table, 'r1', 'ideation')).filter(({ agent }) => agent === 'judge');
  return { report, asked: asked.length, found: report.criteria.find(({ id }) => id === 'feasibility') };
}

it('counts the opinion of a judge that is not the author', async () => {
  const { found, asked } = await feasibility(judgedBy('arbiter'), [arbiter(20)]);
  expect(asked).toBe(1);
  expect(found).toMatchObject({
    status: 'measured',
    score: 0.8,
    counted: 0.35,
    detail: 'arbiter/m-1: It can be built.',
  });
});

it('does not count one that cites what is not there', async () => {
  const { found } = await feasibility(judgedBy('arbiter'), [arbiter(900_000)]);
  expect(found).toMatchObject({ status: 'unmeasured', counted: 0, detail: expect.stringContaining('not there') });
});

it.each([
  ['there is no judge', holding(builtInPipeline, 'ideation')],
  ['the judge is the author', judgedBy('offline')],
])('shares the weight and says so where %s', async (_what, pipeline) => {
  const { found, report, asked } = await feasibility(pipeline, []);
  expect(asked).toBe(0);
  expect(found).toMatchObject({ status: 'unmeasured', counted: 0 });
  expect(report.notes.join('\n')).toContain('feasibility (judged) does not count: there is no judge model');
});
