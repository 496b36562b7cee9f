// A new version is deployed while a run of the old one is on its way: the run finishes on its own definition, and a message
// of a contract the workers do not know is refused, again and again, until somebody is told.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assemblyFor } from '../../cli/assembly.ts';
import { follow } from '../../cli/follow.ts';
import { makeHome } from '../../cli/home.ts';
import { type LocalStage, openLocalStage } from '../../cli/local-stage.ts';
import { prepareRun, pushRun } from '../../cli/new-run.ts';
import { output, startExecution } from '../../cli/stage.ts';
import { getPhase } from '../../store/phases.ts';
import { newHome, repository, type TestHome } from './command.ts';

const example = (name: string) => readFileSync(join(repository, 'examples', 'pipelines', `${name}.yaml`), 'utf8');

/** What a thin idea does not pass. */
const GUARDED =
  'tries: 2\n      guards: [{criterion: fields-present, artifact: IdeaSpec, fields: [title, targetUsers], required: always}]';

let home: TestHome;
beforeAll(() => {
  home = newHome();
});
afterAll(() => home.remove());

/** @returns the path of a pipeline named `versions`; version 1 has one phase, version 2 another one behind it. */
function versionOf(version: 1 | 2): string {
  const path = join(home.dir, `v${version}.yaml`);
  const text = version === 1 ? example('sequential').replace('tries: 2', GUARDED) : example('parallel');
  writeFileSync(path, text.replace(/^name: \w+$/m, 'name: versions').replace(/^# yaml-language-server.*$/m, ''));
  return path;
}

/** An idea whose gate waits for a person under `enforce`. */
function thin(): string {
  const path = join(home.dir, 'thin.md');
  writeFileSync(path, 'better umbrella stand\n');
  return path;
}

async function open(
  version: 1 | 2,
  kind: 'real' | 'virtual',
  onLog?: (entry: Readonly<Record<string, unknown>>) => void,
): Promise<LocalStage> {
  const file = versionOf(version);
  const { pinned } = prepareRun(thin(), { pipeline: file });
  const place = makeHome(home.dir);
  const { dir } = await assemblyFor(pinned, file, place);
  const clock = kind === 'real' ? { kind } : { kind, start: Date.UTC(2026, 0, 1) };
  const kept = onLog === undefined ? { home: place } : {};
  return openLocalStage({ assemblyDir: dir, clock, onLog, ...kept });
}

const start = async (stage: LocalStage, runId: string, version: 1 | 2, gates: string) =>
  startExecution(stage, runId, await pushRun(stage, prepareRun(thin(), { pipeline: versionOf(version), gates })));

describe('deploying version 2 while a run of version 1 waits for a decision', () => {
  it('lets the run finish on its own definition, and gives new runs the new one', async () => {
    const before = await open(1, 'real');
    const executionArn = await start(before, 'in-flight', 1, 'enforce');
    while ((await getPhase(before.table, 'in-flight', 'intake'))?.status !== 'waiting') await before.pause(100);
    await before.world.close();

    const after = await open(2, 'real');
    const token = (await getPhase(after.table, 'in-flight', 'intake'))?.approvalToken;
    const answer = { decision: 'reject', by: 'a test', kind: 'person', reason: 'too thin' };
    await after.states.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(answer) }));
    const old = await follow(after, { runId: 'in-flight', executionArn, everyMs: 100, declines: false });
    expect(old.snapshot?.run.cause).toMatch(/too thin/);
    const { events = [] } = await after.states.send(new GetExecutionHistoryCommand({ executionArn }));
    const entered = events.flatMap(({ stateEnteredEventDetails: state }) => (state?.name ? [state.name] : []));
    // Version 2 asks after intake whether it was handed on; version 1 has nothing behind it to go on with.
    expect(entered).toEqual(['Open', 'intake', 'Close', 'Was it released', 'Not released']);

    const started = await start(after, 'after', 2, 'advise');
    const young = await follow(after, { runId: 'after', executionArn: started, everyMs: 100, declines: true });
    expect(young.execution.status).not.toBe('RUNNING');
    const { events: newer = [] } = await after.states.send(new GetExecutionHistoryCommand({ executionArn: started }));
    expect(newer.map(({ stateEnteredEventDetails: state }) => state?.name)).toContain('intake handed on?');
    await after.world.close();
  }, 240_000);
});

describe('a message of a contract version the workers do not know', () => {
  it('is refused as worth another try, with a clear log, until its task is given up', async () => {
    const logged: Readonly<Record<string, unknown>>[] = [];
    const stage = await open(1, 'virtual', (entry) => logged.push(entry));
    const stateMachineArn = output(stage.outputs, 'TaskMachineArn');
    const { definition } = (await stage.world.call('SFN', 'DescribeStateMachine', { stateMachineArn })) as {
      definition: string;
    };
    expect(definition).toMatch(/"contract":1,/);
    const newer = definition.replaceAll('"contract":1,', '"contract":2,');
    await stage.world.call('SFN', 'UpdateStateMachine', { stateMachineArn, definition: newer });
    const executionArn = await start(stage, 'unknown-contract', 1, 'advise');
    const { snapshot } = await follow(stage, {
      runId: 'unknown-contract',
      executionArn,
      everyMs: 60_000,
      declines: true,
    });
    const refusals = logged.filter((entry) => JSON.stringify(entry).includes('IdeaMine.UnknownContract'));
    expect(refusals.length).toBeGreaterThan(1);
    expect(JSON.stringify(refusals[0])).toMatch(/contract version 2, this worker speaks version 1/);
    expect(snapshot?.run.status).toBe('FAILED');
    // The task is given up for want of an answer long before its message is undeliverable.
    expect(snapshot?.tasks.flatMap(({ failures }) => failures.map(({ code }) => code))).toContain('States.Timeout');
    await stage.world.close();
  }, 240_000);
});
