// The command on a deployed stage: push, run, stop, cancel, resume, doctor, and what it says when something is wrong.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import { output } from '../../cli/stage.ts';
import { getPhase } from '../../store/phases.ts';
import { currentPipelineHash } from '../../store/pipelines.ts';
import { getRun } from '../../store/runs.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from '../cli/command.ts';
import { lacks } from './differences.ts';
import { onWire, openWire, until, type Wire } from './wire.ts';

const IDEA = join(repository, 'examples', 'ideas', 'vineyard-logger.md');
const PIPELINE = join(repository, 'pipelines', 'idea-to-release.yaml');

let home: TestHome;
let wire: Wire;
beforeAll(async () => {
  home = newHome();
  wire = await openWire();
});
afterAll(() => home.remove());

const detached = (name: string) =>
  onWire(home, 'run', IDEA, '--offline', '--gates', 'advise', '--detach', '--json', '--name', name);
const running = (name: string, phase: string) =>
  until(async () => ((await getPhase(wire.stage.table, name, phase))?.status === 'running' ? true : undefined));

function file(name: string, text: string): string {
  const path = join(home.dir, name);
  writeFileSync(path, text);
  return path;
}

describe('push', () => {
  it('gives new runs another behaviour without a deploy', async () => {
    const name = output(wire.stage.outputs, 'PipelineName');
    const changed = file('changed.yaml', readFileSync(PIPELINE, 'utf8').replace('title: Intake', 'title: First look'));
    const pushed = lastJson<{ hash: string }>(await onWire(home, 'push', changed, '--json'));
    expect(await currentPipelineHash(wire.stage.bucket, name)).toBe(pushed.hash);
    const back = lastJson<{ before: string }>(await onWire(home, 'push', '--json'));
    expect(back.before).toBe(pushed.hash);
  });

  it('refuses another structure before anything is written', async () => {
    const other = join(repository, 'examples', 'pipelines', 'sequential.yaml');
    const ended = await onWire(home, 'push', other);
    expect(ended.stderr).toMatch(/the stage runs the pipeline idea-to-release, found .*: deploy it/);
    expect(ended.code).toBe(2);
  });
});

describe('a run', () => {
  it('is stopped, with a partial dossier and its reason, once', async () => {
    expect(lastJson(await detached('to-stop'))).toMatchObject({ runId: 'to-stop' });
    await running('to-stop', 'ideation');
    const stopped = await onWire(home, 'stop', 'to-stop', '--because', 'enough seen', '--json');
    expect(lastJson<RunResult>(stopped)).toMatchObject({ status: 'FAILED' });
    const run = await getRun(wire.stage.table, 'to-stop');
    expect(run?.cause).toMatch(
      !lacks('reason-of-a-stop') ? /stopped: IdeaMine\.Stopped: enough seen/ : /the execution was stopped; ideation/,
    );
    expect(run?.dossier?.json).toMatch(/dossier\.json$/);
    const again = await onWire(home, 'stop', 'to-stop');
    expect({ code: again.code, stderr: again.stderr }).toEqual({
      code: 2,
      stderr: 'ideamine: run to-stop has ended already: FAILED\n',
    });
  });

  it('of which a phase is cancelled ends naming it', async () => {
    await detached('to-cancel');
    await running('to-cancel', 'ideation');
    const cancelled = await onWire(
      home,
      'cancel',
      'to-cancel',
      '--phase',
      'ideation',
      '--because',
      'no need',
      '--json',
    );
    expect(lastJson(cancelled)).toMatchObject({ phase: 'ideation', stopped: 1 });
    const run = await until(async () => {
      const found = await getRun(wire.stage.table, 'to-cancel');
      return found?.status === 'RUNNING' ? undefined : found;
    });
    expect(run.cause).toMatch(/ideation failed: no need; not reached: critique/);
  });

  it('is refused a name that was taken', async () => {
    const ended = await detached('to-stop');
    expect(ended.stderr).toBe('ideamine: there is a run to-stop already; resume it, or give another --name\n');
    expect(ended.code).toBe(2);
  });
});

describe('what is wrong is said in one sentence, with exit code 2:', () => {
  it.each([
    [
      'a stage that does not exist',
      ['status', '--stage', 'nowhere'],
      /there is no stage nowhere in us-east-1 \(no stack ideamine-nowhere\)/,
    ],
    ['another region', ['status', '--stage', 'wire', '--region', 'eu-west-1'], /there is no stage wire in eu-west-1/],
    [
      'a region that cannot be one',
      ['status', '--region', 'mars'],
      /--region: found 'mars', expected a region such as eu-central-1/,
    ],
    [
      'a stage’s name that cannot be one',
      ['status', '--stage', 'No Such'],
      /--stage: found 'No Such', expected kebab-case/,
    ],
    [
      'an account that was not bootstrapped there',
      ['deploy', '--stage', 'wire', '--region', 'eu-west-1', '--yes'],
      /the account is not bootstrapped in eu-west-1: run `npx cdk bootstrap aws:\/\/\d+\/eu-west-1`/,
    ],
    ['a context without a value', ['deploy', '--context', 'stage'], /--context: found 'stage', expected key=value/],
    ['a run that is not there', ['status', 'nobody', '--stage', 'wire'], /there is no run nobody on this stage/],
    [
      'a phase that is not there',
      ['cancel', 'to-stop', '--phase', 'x', '--stage', 'wire'],
      /--phase: found 'x', which has not begun; expected one of .*intake/,
    ],
    [
      'destroy without --yes',
      ['destroy', '--stage', 'wire'],
      /nothing was removed: --yes would delete the stack ideamine-wire and keep ideamine-wire-/,
    ],
  ])('%s', async (_what, args, message) => {
    const ended = await ideamine(home, ...args);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.code).toBe(2);
  });
});

it('doctor finds everything in order', async () => {
  const ended = await onWire(home, 'doctor', '--json');
  const findings = lastJson<{ check: string; ok: boolean }[]>(ended);
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['region', 'credentials', 'bootstrap', 'quotas', 'stage', 'models']),
  );
  expect(ended.code).toBe(0);
});
