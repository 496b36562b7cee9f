// A new version is deployed to a stage while a run of the old one waits there: the run finishes on its own definition. And
// a stage that a killed test left behind, with a run on it, is taken away and made anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { leftoversOf } from '../../cli/aws/purge.ts';
import { findStack } from '../../cli/aws/stacks.ts';
import type { RunResult } from '../../cli/result.ts';
import { getPhase } from '../../store/phases.ts';
import { getRun } from '../../store/runs.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from '../cli/command.ts';
import { LEFT_OUT, openWire, until } from './wire.ts';

const STAGE = 'versions';
const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');
const example = (name: string) => readFileSync(join(repository, 'examples', 'pipelines', `${name}.yaml`), 'utf8');

/** What a thin idea does not pass. */
const GUARDED =
  'tries: 2\n      guards: [{criterion: fields-present, artifact: IdeaSpec, fields: [title, targetUsers], required: always}]';

let home: TestHome;
const gone = () => ideamine(home, 'destroy', '--stage', STAGE, '--purge', '--sealed', '--yes');
beforeAll(async () => {
  home = newHome();
  await gone();
});
afterAll(async () => {
  await gone();
  home.remove();
});

/** @returns the path of a pipeline named `versions`; version 1 has one phase, version 2 another one behind it. */
function versionOf(version: 1 | 2): string {
  const path = join(home.dir, `v${version}.yaml`);
  const text = version === 1 ? example('sequential').replace('tries: 2', GUARDED) : example('parallel');
  writeFileSync(path, text.replace(/^name: \w+$/m, 'name: versions').replace(/^# yaml-language-server.*$/m, ''));
  return path;
}

async function deploy(version: 1 | 2): Promise<void> {
  const ended = await ideamine(
    home,
    'deploy',
    '--stage',
    STAGE,
    '--pipeline',
    versionOf(version),
    '--yes',
    ...LEFT_OUT,
  );
  if (ended.code !== 0) throw new Error(ended.stdout + ended.stderr);
}

const run = (version: 1 | 2, ...options: string[]) => start(IDEA, version, ...options);
const start = (idea: string, version: 1 | 2, ...options: string[]) =>
  ideamine(home, 'run', idea, '--stage', STAGE, '--pipeline', versionOf(version), '--json', ...options);

it('a run finishes on the definition it was started with', async () => {
  await deploy(1);
  const { stage } = await openWire(STAGE);
  // An idea so thin that its gate waits for a person.
  const thin = join(home.dir, 'thin.md');
  writeFileSync(thin, 'better umbrella stand\n');
  await start(thin, 1, '--name', 'in-flight', '--gates', 'enforce', '--detach');
  const waiting = await until(async () => {
    const row = await getPhase(stage.table, 'in-flight', 'intake');
    return row?.status === 'waiting' ? row : undefined;
  });
  await deploy(2);
  const answer = { decision: 'reject', by: 'a test', kind: 'person', reason: 'too thin' };
  await stage.states.send(
    new SendTaskSuccessCommand({ taskToken: waiting.approvalToken, output: JSON.stringify(answer) }),
  );
  const old = await until(async () => {
    const row = await getRun(stage.table, 'in-flight');
    return row?.status === 'RUNNING' ? undefined : row;
  });
  expect(old.cause).toMatch(/intake failed: .*too thin/);
  const { events = [] } = await stage.states.send(new GetExecutionHistoryCommand({ executionArn: old.executionArn }));
  const entered = events.flatMap(({ stateEnteredEventDetails: state }) => (state?.name ? [state.name] : []));
  // Version 2 asks after intake whether it was handed on; version 1 has nothing behind it to go on with.
  // The row ends a little before the execution does.
  expect(entered.slice(0, 3)).toEqual(['Open', 'intake', 'Close']);
  const refused = await run(1, '--name', 'late', '--gates', 'advise');
  expect(refused.stderr).toMatch(/pipeline versions has structure .* so `ideamine deploy` it first/);
  const young = lastJson<RunResult>(await run(2, '--name', 'after', '--gates', 'advise'));
  expect(young.phases.map(({ id }) => id).sort()).toEqual(['ideation', 'intake']);
}, 420_000);

it('destroy stops what runs, and with --purge leaves nothing', async () => {
  const { connection } = await openWire(STAGE);
  await run(2, '--name', 'cut-off', '--gates', 'enforce', '--detach');
  const destroyed = await gone();
  expect({ code: destroyed.code, stderr: destroyed.stderr }).toEqual({ code: 0, stderr: '' });
  expect(await findStack(connection, `ideamine-${STAGE}`)).toBeUndefined();
  expect(await leftoversOf(connection, `ideamine-${STAGE}`)).toEqual({ tables: [], buckets: [], sealed: [] });
  const again = await gone();
  expect(again.stderr).toMatch(/there is no stage versions in/);
}, 120_000);
