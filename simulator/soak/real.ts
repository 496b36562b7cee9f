// Real time, real processes: the command runs the built-in pipeline and is killed by SIGKILL every few seconds, wherever it is, and resumed, until the
// run has ended; then the next run begins, until the time is over. Every run must come to what an undisturbed one makes, with a whole ledger
// in which no step was committed twice.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installation } from '../../cli/home.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { drawOf } from '../agents/draws.ts';

const IDEA = join(installation, 'examples', 'ideas', 'vineyard-logger.md');
/** Measurements vary from run to run, so they are replayed. */
const RUN = ['run', IDEA, '--offline', '--replay-measurements', join(installation, 'examples', 'measurements')];
const LEAST_MS = 1000;
const MOST_MS = 5000;
/** A run that never gets on would be killed for ever. */
const MOST_KILLS = 200;

export interface RealSoak {
  readonly runs: number;
  readonly kills: number;
  readonly problems: readonly string[];
}

export async function soakReally(minutes: number, say: (line: string) => void): Promise<RealSoak> {
  const home = mkdtempSync(join(tmpdir(), 'ideamine-soak-'));
  const problems: string[] = [];
  let [runs, kills] = [0, 0];
  try {
    const expected = await finished(home, 'undisturbed');
    problems.push(...expected.problems);
    const until = Date.now() + minutes * 60_000;
    while (Date.now() < until && problems.length === 0) {
      const name = `soak-${runs + 1}`;
      const killed = await killUntilDone(home, name);
      kills += killed;
      runs += 1;
      const found = await finished(home, name);
      problems.push(...differences(name, expected, found));
      say(
        `${name}: killed ${killed} times, ${problems.length === 0 ? 'equal to an undisturbed run' : problems.join('; ')}`,
      );
    }
    return { runs, kills, problems };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function killUntilDone(home: string, name: string): Promise<number> {
  for (let kills = 0; kills < MOST_KILLS; kills += 1) {
    const { child, ended } = command(home, begun(home, name) ? ['resume', name] : [...RUN, '--name', name]);
    const ms = LEAST_MS + Math.round((MOST_MS - LEAST_MS) * drawOf(name, kills));
    // A process that is killed again and again is given more time, as a machine that crashes in a loop is.
    const timer = setTimeout(() => child.kill('SIGKILL'), ms * (1 + Math.floor(kills / 10)));
    const { signal } = await ended;
    clearTimeout(timer);
    if (signal === null) return kills;
  }
  throw new Error(`${name} was killed ${MOST_KILLS} times and never ended`);
}

/** Its store may hold the run before any file says so: `run` with a name that exists is refused, and that is no kill. */
const begun = (home: string, name: string): boolean =>
  existsSync(join(home, 'store.sqlite')) && started.has(`${home}/${name}`);
const started = new Set<string>();

interface Kept {
  readonly canonical: string;
  readonly steps: readonly string[];
  readonly problems: readonly string[];
}

/** What of the run must not depend on how often it was killed. */
async function finished(home: string, name: string): Promise<Kept> {
  let said = await result(home, ['resume', name, '--json']);
  if (said === undefined) said = await result(home, [...RUN, '--name', name, '--json']);
  if (said === undefined) return { canonical: '', steps: [], problems: [`${name} left no result`] };
  const dossier = JSON.parse(readFileSync(said.dossier.json, 'utf8')) as { canonical: Json };
  const entries = readFileSync(said.ledger, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry);
  const chain = verifyChain(entries);
  const steps = entries.flatMap(({ kind, body }) => {
    const task = body as { task?: string; outcome?: string; steps?: { name: string }[] };
    return kind === 'task' && task.outcome === 'committed'
      ? (task.steps ?? []).map((step) => `${task.task} ${step.name}`)
      : [];
  });
  const twice = steps.filter((step, index) => steps.indexOf(step) !== index);
  return {
    canonical: canonicalJson(dossier.canonical),
    steps: steps.sort(),
    problems: [...(chain.ok ? [] : [chain.message]), ...twice.map((step) => `${step} was committed twice`)],
  };
}

function differences(name: string, expected: Kept, found: Kept): string[] {
  return [
    ...found.problems,
    ...(found.canonical === expected.canonical ? [] : [`the dossier of ${name} differs from an undisturbed one`]),
    ...(canonicalJson(found.steps) === canonicalJson(expected.steps) ? [] : [`the steps of ${name} differ`]),
  ];
}

interface Result {
  readonly status: string;
  readonly dossier: { readonly json: string };
  readonly ledger: string;
}

async function result(home: string, args: readonly string[]): Promise<Result | undefined> {
  const { ended } = command(home, args);
  const { out } = await ended;
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  try {
    const parsed = JSON.parse(last) as Partial<Result>;
    return parsed.dossier === undefined || parsed.ledger === undefined ? undefined : (parsed as Result);
  } catch {
    return undefined;
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly signal: string | null; readonly out: string }>;
}

function command(home: string, args: readonly string[]): Running {
  const child = spawn(
    process.execPath,
    ['--no-warnings', join(installation, 'cli', 'main.ts'), ...args, '--home', home],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const name = args[0] === 'run' ? args[args.indexOf('--name') + 1] : undefined;
  if (name !== undefined) started.add(`${home}/${name}`);
  const ended = new Promise<{ signal: string | null; out: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ signal, out }));
  });
  return { child, ended };
}
