// `ideamine run --json` on a real idea: the object it ends with, the files it hands over, and what a changed agent changes.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HandedProject } from '../../cli/hand-over-project.ts';
import type { RunResult } from '../../cli/result.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'clinic-no-shows.md');

type Result = RunResult & { ledger: string; project: HandedProject };

let home: TestHome;
beforeAll(() => {
  home = newHome();
});
afterAll(() => home.remove());

const entriesOf = (result: Result): LedgerEntry[] =>
  readFileSync(result.ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);

describe('run --json', () => {
  let result: Result;
  beforeAll(async () => {
    const ended = await ideamine(home, 'run', IDEA, '--offline', '--json');
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
    result = lastJson(ended);
  }, 900_000);

  it('carries the idea through all thirteen phases', () => {
    expect(result.status).toBe('SUCCEEDED');
    expect(result.phases.map((phase) => phase.id).sort()).toEqual(
      'aesthetic architecture beta bizdev build critique ideation intake prd qa release security story-loop'.split(' '),
    );
    for (const { start, end, gate } of result.phases) {
      expect(Date.parse(end as string)).toBeGreaterThanOrEqual(Date.parse(start));
      expect(['passed', 'advised']).toContain(gate.verdict);
      expect(gate.attempts).toBeGreaterThanOrEqual(1);
    }
  });

  it('starts independent phases before the other has ended', () => {
    const phase = (id: string) => result.phases.find((candidate) => candidate.id === id) as RunResult['phases'][number];
    for (const [a, b] of [
      ['security', 'story-loop'],
      ['bizdev', 'architecture'],
    ] as const) {
      expect(phase(a).start < (phase(b).end as string) && phase(b).start < (phase(a).end as string)).toBe(true);
    }
  });

  it('counts what it spent as the sum of the ledger’s cost entries', () => {
    const costs = entriesOf(result).filter((entry) => entry.kind === 'cost');
    const sum = (key: 'tokens' | 'usdMicros') =>
      costs.reduce((total, entry) => total + ((entry.body as Record<string, number>)[key] as number), 0);
    expect(result.tokens).toBeGreaterThan(0);
    expect([sum('tokens'), sum('usdMicros')]).toEqual([result.tokens, result.usdMicros]);
  });

  it('hands over a project that starts with node alone and answers over HTTP', async () => {
    const { folder, isRecorded } = result.project;
    expect(isRecorded).toBe(true);
    const env = { PORT: '0', DATABASE_FILE: ':memory:', API_TOKEN: 'secret' };
    const service = spawn(process.execPath, ['src/server.ts'], { cwd: folder, env });
    try {
      const at = await new Promise<string>((done, failed) => {
        let said = '';
        service.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const found = /listening on (http:\S+)\n/.exec(said)?.[1];
          if (found !== undefined) done(found);
        });
        service.once('exit', () => failed(new Error(`it ended: ${said}`)));
      });
      const headers = { authorization: 'Bearer secret' };
      const made = await fetch(`${at}/api/patients`, { method: 'POST', headers, body: '{"name":"Ida"}' });
      expect(made.status).toBe(201);
      const { id } = (await made.json()) as { id: string };
      expect(await (await fetch(`${at}/api/patients/${id}`, { headers })).json()).toMatchObject({ name: 'Ida' });
      expect((await fetch(`${at}/api/patients/${id}`)).status).toBe(401);
      expect(await (await fetch(at)).text()).toContain('<h1>Open Slot');
    } finally {
      service.kill('SIGKILL');
    }
  });

  const withGit = spawnSync('git', ['--version']).status === 0;
  (withGit ? it : it.skip)(`hands over a repository that git finds whole${withGit ? '' : ' (needs git)'}`, () => {
    const { folder, commit } = result.project;
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(git('fsck', '--strict')).toBe('');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-parse', 'HEAD').trim()).toBe(commit);
    expect(git('log', '--format=%s').trim().split('\n').at(-1)).toBe('Build the service');
  });

  it('hands over the dossier and a ledger that verifies', async () => {
    expect(existsSync(result.dossier?.html as string)).toBe(true);
    expect(JSON.parse(readFileSync(result.dossier?.json as string, 'utf8'))).toHaveProperty('canonical');
    const verified = await ideamine(home, 'ledger', 'verify', result.runId);
    expect(verified.stdout).toMatch(/^ok: \d+ entries/);
  });

  it('finds one changed byte of the ledger', async () => {
    const broken = join(home.dir, 'broken.jsonl');
    writeFileSync(broken, readFileSync(result.ledger, 'utf8').replace('"advise"', '"enforce"'));
    const verified = await ideamine(home, 'ledger', 'verify', broken);
    expect(verified.stderr).toMatch(/the ledger is broken: entry 1 /);
    expect(verified.code).toBe(1);
  });

  it('is listed, newest first', async () => {
    const listed = lastJson<{ runId: string; status: string; startedAt: string }[]>(
      await ideamine(home, 'status', '--json'),
    );
    expect(listed[0]).toEqual({ runId: result.runId, status: 'SUCCEEDED', startedAt: expect.any(String) });
  });

  it('keeps task tokens out of everything it hands over', () => {
    for (const file of [result.ledger, result.dossier?.json, result.dossier?.html] as string[]) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/taskToken|"token"\s*:/i);
    }
  });
});

describe('a changed agent in the YAML', () => {
  it('runs instead of the old one, on the same assembly', async () => {
    const text = readFileSync(join(repository, 'examples', 'pipelines', 'parallel.yaml'), 'utf8');
    const changed = text.replace('tech-stack, persona]', 'tech-stack, constraints]');
    expect(changed).not.toBe(text);
    const agents = async (yaml: string, name: string): Promise<string[]> => {
      const file = join(home.dir, `${name}.yaml`);
      writeFileSync(file, yaml);
      const result = lastJson<Result>(await ideamine(home, 'run', IDEA, '--offline', '--json', '--pipeline', file));
      const tasks = entriesOf(result).filter((entry) => entry.kind === 'task');
      // A later attempt may add an agent for what a gate found missing.
      const done = tasks
        .map((entry) => entry.body as { agent: string; task: string })
        .filter(({ task }) => task.split('#')[1] === '01');
      return [...new Set(done.map(({ agent, task }) => `${task.split('#')[0]} ${agent}`))].sort();
    };
    const assemblies = () =>
      readdirSync(realpathSync(join(home.dir, 'assemblies'))).filter((name) => name.startsWith('parallel-'));
    const before = await agents(text, 'before');
    const made = assemblies();
    const after = await agents(changed, 'after');
    expect(before).toContain('ideation persona');
    expect(after).toEqual(
      before.map((agent) => (agent === 'ideation persona' ? 'ideation constraints' : agent)).sort(),
    );
    expect(assemblies()).toEqual(made);
  }, 300_000);
});
