// A run that died of its budget, asked why; and its tasks that were set aside: listed, shown, discarded, released.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Why } from '../../cli/why.ts';
import { type Ended, ideamine, lastJson, newHome, repository, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');

let home: TestHome;
let runId: string;
beforeAll(async () => {
  home = newHome();
  const pipeline = join(home.dir, 'poor.yaml');
  const text = readFileSync(join(repository, 'examples', 'pipelines', 'merge.yaml'), 'utf8');
  writeFileSync(pipeline, text.replaceAll(/tokens: \d+k?/g, 'tokens: 10'));
  const run = await ideamine(home, 'run', IDEA, '--gates', 'advise', '--json', '--pipeline', pipeline);
  expect(run.code).toBe(1);
  runId = lastJson<{ runId: string }>(run).runId;
}, 300_000);
afterAll(() => home.remove());

const json = <T>(ended: Ended): T => {
  expect(ended.stderr).toBe('');
  return lastJson<T>(ended);
};

it('names the error it began with, and what became of every piece', async () => {
  const why = json<Why>(await ideamine(home, 'why', runId, '--json'));
  expect(why).toMatchObject({ runId, status: 'FAILED', began: { code: 'IdeaMine.Budget' } });
  expect(why.pieces.filter(({ state }) => state === 'is set aside').map(({ code }) => code)).toContain(
    'IdeaMine.Budget',
  );
  expect(why.pieces.some(({ piece, state }) => piece.startsWith('phase ') && state === 'failed')).toBe(true);
  const text = (await ideamine(home, 'why', runId)).stdout;
  expect(text).toContain(`run ${runId} is FAILED`);
  expect(text).toMatch(/It began at .* with task .*IdeaMine\.Budget/);
}, 180_000);

it('lists, shows, discards and releases what was set aside, each once', async () => {
  const [first] = json<{ task: string; code: string }[]>(await ideamine(home, 'quarantine', 'list', runId, '--json'));
  expect(first).toMatchObject({ code: 'IdeaMine.Budget' });
  const task = first?.task ?? '';
  const shown = json<{ failures: unknown[]; spent: object }>(
    await ideamine(home, 'quarantine', 'show', runId, task, '--json'),
  );
  expect(shown.failures).toHaveLength(1);
  const args = [runId, task, '--by', 'ann', '--because', 'not worth it', '--json'];
  expect(json(await ideamine(home, 'quarantine', 'discard', ...args))).toMatchObject({ decided: 'discarded' });
  expect((await ideamine(home, 'quarantine', 'discard', ...args)).code).toBe(2);
  expect(json(await ideamine(home, 'quarantine', 'release', ...args))).toMatchObject({ decided: 'released' });
  const left = json<{ task: string }[]>(await ideamine(home, 'quarantine', 'list', runId, '--json'));
  expect(left.map((one) => one.task)).not.toContain(task);
}, 180_000);

it('says plainly what is not there', async () => {
  const nobody = await ideamine(home, 'why', 'no-such-run');
  expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no run no-such-run here') });
  const nothing = await ideamine(home, 'quarantine', 'show', runId, 'no-such-task');
  expect(nothing).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("found 'no-such-task', expected one that is"),
  });
}, 180_000);
