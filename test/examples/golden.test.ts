// Each example pipeline, rehearsed on the same idea with the same seed, against what it gave when it was last looked at:
// which tasks ran in which round and wave, when they ended, what the gates said, and the hash of every artifact.
// After a change that is meant: UPDATE_GOLDEN=1 npm test -- test/examples, then read the difference.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { type Ended, ideamine, lastJson, newHome, repository, type TestHome } from '../cli/command.ts';

const IDEA = 'examples/ideas/tool-library.md';
const golden = join(repository, 'test', 'examples', 'golden');
const names = readdirSync(join(repository, 'examples', 'pipelines'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

let home: TestHome;
beforeAll(() => {
  home = newHome();
});
afterAll(() => home.remove());

describe('an example pipeline', () => {
  it.each(names)(
    '%s gives its golden result',
    async (name) => {
      const found = outcome(await rehearse(name));
      const file = join(golden, `${name}.golden.json`);
      if (process.env.UPDATE_GOLDEN === '1') {
        mkdirSync(golden, { recursive: true });
        writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      }
      expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    },
    180_000,
  );
});

function rehearse(name: string): Promise<Ended> {
  const options = ['--hours', '2', '--seed', '1', '--json', '--pipeline', `examples/pipelines/${name}.yaml`];
  return ideamine(home, 'rehearse', IDEA, ...options);
}

function outcome(ended: Ended): object {
  const result = lastJson<RunResult & { readonly ledger: string }>(ended);
  const entries = readFileSync(result.ledger, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);
  const start = Date.parse(entries[0]?.at ?? '');
  return {
    idea: IDEA,
    status: result.status,
    cause: result.cause,
    tokens: result.tokens,
    phases: result.phases.map(({ id, gate }) => ({
      id,
      gate,
      tasks: tasksOf(entries, id, start),
      artifacts: Object.fromEntries(
        bodiesOf(entries, 'artifact')
          .filter(({ phase }) => phase === id)
          .map(({ type, sha256 }) => [String(type), sha256]),
      ),
    })),
  };
}

/** In the order of their places: `attempt 1, round 1, wave 2: constraints committed at minute 34`. */
function tasksOf(entries: readonly LedgerEntry[], phase: string, start: number): string[] {
  return entries
    .filter(({ kind }) => kind === 'task')
    .map(({ at, body }) => ({ at, body: body as Record<string, unknown> }))
    .map(({ at, body }) => ({ at, outcome: body.outcome, path: String(body.task).split('#') }))
    .filter(({ path }) => path[0] === phase)
    .sort((a, b) => (a.path.join('#') < b.path.join('#') ? -1 : 1))
    .map(({ at, outcome, path: [, attempt, round, wave, task] }) => {
      const minute = Math.floor((Date.parse(at) - start) / 60_000);
      const place = `attempt ${Number(attempt)}, round ${Number(round)}, wave ${Number(wave)}`;
      return `${place}: ${task} ${outcome} at minute ${minute}`;
    });
}

function bodiesOf(entries: readonly LedgerEntry[], kind: LedgerEntry['kind']): Record<string, unknown>[] {
  return entries.filter((entry) => entry.kind === kind).map(({ body }) => body as Record<string, unknown>);
}
