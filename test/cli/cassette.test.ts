// `ideamine run --record FILE` against a model behind HTTP, then `--recorded FILE` without one: the same artifacts at the same
// cost, said to be recorded. And what is said when a key is missing or a cassette does not fit.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { type WireServer, wireServer } from '../agents/models/wire-server.ts';
import { fittingSchema, PIPELINE, schemaOf } from '../security/sown-run.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');

type Result = RunResult & { ledger: string };

let home: TestHome;
let server: WireServer;
let pipeline: string;
beforeAll(async () => {
  home = newHome();
  pipeline = join(home.dir, 'pipeline.yaml');
  writeFileSync(pipeline, PIPELINE);
  server = await wireServer((call) => ({ text: JSON.stringify(fittingSchema(schemaOf(call))) }));
});
afterEach(() => {
  delete process.env.ANTHROPIC_API_KEY;
  delete process.env.ANTHROPIC_BASE_URL;
});
afterAll(async () => {
  home.remove();
  await server.close();
});

const run = (...options: string[]) => ideamine(home, 'run', IDEA, '--pipeline', pipeline, '--json', ...options);

const costsOf = ({ ledger }: Result) =>
  readFileSync(ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry)
    .filter(({ kind }) => kind === 'cost')
    .map(({ body }) => JSON.stringify({ ...(body as object), runId: '' }))
    .toSorted();

const modelsOf = ({ ledger }: Result) =>
  readFileSync(ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; body: { model?: unknown } })
    .filter(({ kind, body }) => kind === 'task' && body.model != null)
    .map(({ body }) => body.model);

it('records what a hosted model answered, and gives it again without one', async () => {
  process.env.ANTHROPIC_API_KEY = 'k-1';
  process.env.ANTHROPIC_BASE_URL = `${server.url}/v1`;
  const cassette = join(home.dir, 'cassette.json');
  const first = await run('--record', cassette);
  expect(first.stderr).toBe('');
  const asked = server.calls.length;
  expect(asked).toBeGreaterThan(3);
  const live = lastJson<Result>(first);
  expect(modelsOf(live)[0]).toMatchObject({
    provider: 'anthropic',
    model: 'claude-haiku-4-5',
    prompt: expect.stringMatching(/^[0-9a-f]{64}$/),
    prices: expect.stringContaining('genai-prices'),
  });
  expect(readFileSync(cassette, 'utf8')).not.toContain('k-1');

  delete process.env.ANTHROPIC_API_KEY;
  const second = await run('--recorded', cassette);
  expect(second.stderr).toBe('');
  const again = lastJson<Result>(second);
  expect(server.calls.length).toBe(asked);
  expect(again.status).toBe(live.status);
  expect(costsOf(again)).toEqual(costsOf(live));
  expect(modelsOf(again)[0]).toMatchObject({ provider: 'recorded', model: 'anthropic claude-haiku-4-5' });
}, 300_000);

it('says which key is missing before anything is started', async () => {
  const ended = await run();
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('tier standard asks anthropic: expected ANTHROPIC_API_KEY in the environment');
  expect(ended.stdout).toBe('');
});

it.each([
  ['{', 'expected a cassette in JSON'],
  ['{"cassette": 2, "answers": {}}', 'not a cassette'],
])('refuses %s as a cassette', async (text, says) => {
  const file = join(home.dir, 'no-cassette.json');
  writeFileSync(file, text);
  const ended = await run('--recorded', file);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain(`${file}: ${says}`);
});
