// An idea goes through the thirteen phases on the endpoint: real executions, messages, invocations, rows, objects and
// schedules. What comes back is held to the same as what a run on this machine gives.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import { output } from '../../cli/stage.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { readEvents } from '../../store/events.ts';
import { type Ended, lastJson, newHome, repository, type TestHome } from '../cli/command.ts';
import { onWire, openWire, type Wire } from './wire.ts';

const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');
const RUN = 'thirteen-phases';
const PHASES = [
  'intake',
  'ideation',
  'critique',
  'prd',
  'bizdev',
  'architecture',
  'build',
  'security',
  'story-loop',
  'qa',
  'aesthetic',
  'release',
  'beta',
];

let home: TestHome;
let wire: Wire;
let ended: Ended;
let result: RunResult & { ledger: string };

beforeAll(async () => {
  home = newHome();
  wire = await openWire();
  ended = await onWire(home, 'run', IDEA, '--offline', '--gates', 'advise', '--json', '--name', RUN);
  result = lastJson(ended);
}, 600_000);
afterAll(() => home.remove());

describe('a run on the endpoint', () => {
  it('hands on all thirteen phases', () => {
    expect({ code: ended.code, stderr: ended.stderr, status: result.status }).toEqual({
      code: 0,
      stderr: '',
      status: 'SUCCEEDED',
    });
    expect(result.phases.map(({ id }) => id).sort()).toEqual([...PHASES].sort());
    expect(result.phases.filter(({ status }) => status !== 'handed-on')).toEqual([]);
  });

  it('has a dossier with every phase in it', () => {
    const dossier = JSON.parse(readFileSync(result.dossier?.json as string, 'utf8')) as { canonical: object };
    const text = JSON.stringify(dossier.canonical);
    for (const phase of PHASES) expect(text).toContain(`"${phase}"`);
    expect(readFileSync(result.dossier?.html as string, 'utf8')).toMatch(/^<!doctype html>/i);
  });

  it('has a ledger whose chain holds, closed, with a cost for every task', () => {
    const entries = readFileSync(result.ledger, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerEntry);
    expect(verifyChain(entries)).toMatchObject({ ok: true, entries: entries.length });
    expect(entries.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ decided: 'closed', status: 'SUCCEEDED' }),
    );
    const kinds = new Set(entries.map(({ kind }) => kind));
    for (const kind of ['task', 'gate', 'decision', 'artifact', 'cost']) expect([...kinds]).toContain(kind);
  });

  it('has numbered events without a gap, each phase’s in order', async () => {
    const events = await readEvents(wire.stage.table, RUN);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe('run.started');
    expect(events.map(({ type }) => type)).toContain('run.completed');
    for (const phase of PHASES) {
      const own = events.filter((event) => event.phase === phase).map(({ type }) => type);
      expect([phase, own[0]]).toEqual([phase, 'phase.started']);
      expect([phase, own.at(-1)]).toEqual([phase, 'phase.completed']);
      expect(own.indexOf('phase.ready')).toBeLessThan(own.findIndex((type) => type.startsWith('phase.gate.')));
    }
  });

  it('leaves no schedule of its own behind', async () => {
    const scheduler = new SchedulerClient(wire.connection.client);
    const GroupName = output(wire.stage.outputs, 'ScheduleGroupName');
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName }));
    expect(Schedules.map(({ Name }) => Name).filter((name) => name?.includes(RUN))).toEqual([]);
  });

  it('is listed by status, and shown phase by phase', async () => {
    const listed = lastJson<{ runId: string; status: string }[]>(await onWire(home, 'status', '--json'));
    expect(listed.find(({ runId }) => runId === RUN)?.status).toBe('SUCCEEDED');
    const shown = await onWire(home, 'status', RUN);
    for (const phase of PHASES) expect(shown.stdout).toMatch(new RegExp(`[✓!] ${phase}`));
  });
});
