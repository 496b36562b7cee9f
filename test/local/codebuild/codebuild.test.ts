// CodeBuild as the worker uses it: a build is started once for a token, runs its project's buildspec, puts its artifacts back,
// can be stopped, and runs again when the process that ran it is gone.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuildEnd, Builder, BuildJob } from '../../../local/codebuild/builder.ts';
import { readBuildspec } from '../../../local/codebuild/buildspec.ts';
import { createCodeBuild } from '../../../local/codebuild/codebuild.ts';
import { openWorld, type World } from '../../../local/world.ts';

const BUILDSPEC = `version: "0.2"
phases:
  install: {commands: ["echo one"]}
  build: {commands: ["echo two", "echo three"]}
artifacts: {base-directory: out, files: ["**/*"]}
`;
const DONE: BuildEnd = { status: 'SUCCEEDED', phaseType: 'COMPLETED', message: '', artifacts: [] };

let dir: string;
let worlds: World[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'codebuild-'));
  worlds = [];
});
afterEach(async () => {
  for (const world of worlds) await world.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A builder whose builds end when the test says so. */
function handBuilder() {
  const jobs: { job: BuildJob; signal: AbortSignal; end: (with_: BuildEnd) => void }[] = [];
  const builder: Builder = {
    atOnce: 1,
    run: (job, signal) => new Promise((end) => jobs.push({ job, signal, end })),
  };
  return { jobs, builder };
}

async function open(builder?: Builder): Promise<World> {
  const world = await openWorld({
    file: join(dir, 'store.sqlite'),
    clock: { kind: 'real' },
    services: (fabric) => [createCodeBuild(fabric, builder)],
  });
  worlds.push(world);
  return world;
}

async function withProject(world: World, more: object = {}): Promise<void> {
  await world.call('S3', 'CreateBucket', { Bucket: 'work' });
  await world.call('S3', 'PutObject', { Bucket: 'work', Key: 'in.zip', Body: Buffer.from('the source') });
  await world.call('CodeBuild', 'CreateProject', {
    name: 'tools',
    serviceRole: 'arn:aws:iam::000000000000:role/builds',
    source: { type: 'S3', buildspec: BUILDSPEC },
    environment: { computeType: 'BUILD_GENERAL1_MEDIUM', environmentVariables: [{ name: 'A', value: 'a' }] },
    ...more,
  });
}

const start = async (world: World, more: object = {}) =>
  (
    await world.call('CodeBuild', 'StartBuild', {
      projectName: 'tools',
      sourceLocationOverride: 'work/in.zip',
      ...more,
    })
  ).build;
const look = async (world: World, id: string) =>
  (await world.call('CodeBuild', 'BatchGetBuilds', { ids: [id] })).builds[0];
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a build', () => {
  it('runs the commands of its project on its source, and puts its artifacts back', async () => {
    const { jobs, builder } = handBuilder();
    const world = await open(builder);
    await withProject(world, { vpcConfig: { vpcId: 'vpc-1' } });
    const artifactsOverride = { type: 'S3', location: 'work', path: 'runs/1', name: 'out' };
    const { id } = await start(world, { artifactsOverride, environmentVariablesOverride: [{ name: 'B', value: 'b' }] });
    await until(() => jobs.length === 1);
    expect(jobs[0]?.job).toMatchObject({
      commands: ['echo one', 'echo two', 'echo three'],
      variables: { A: 'a', B: 'b' },
      network: false,
      memoryBytes: 8 * 2 ** 30,
      artifactsFolder: 'out',
    });
    expect(Buffer.from(jobs[0]?.job.source ?? []).toString()).toBe('the source');
    expect((await look(world, id)).buildStatus).toBe('IN_PROGRESS');
    jobs[0]?.end({ ...DONE, artifacts: [{ path: 'a/report.txt', bytes: Buffer.from('fine') }] });
    await until(async () => (await look(world, id)).buildComplete);
    const { Body } = await world.call('S3', 'GetObject', { Bucket: 'work', Key: 'runs/1/out/a/report.txt' });
    expect(Buffer.from(Body).toString()).toBe('fine');
  });

  it('is the same build for the same token, and waits for its turn', async () => {
    const { jobs, builder } = handBuilder();
    const world = await open(builder);
    await withProject(world);
    const first = await start(world, { idempotencyToken: 'one' });
    expect((await start(world, { idempotencyToken: 'one' })).id).toBe(first.id);
    const second = await start(world, { idempotencyToken: 'two' });
    expect(second.id).not.toBe(first.id);
    await until(() => jobs.length === 1);
    expect(jobs).toHaveLength(1);
    jobs[0]?.end(DONE);
    await until(() => jobs.length === 2);
    expect(jobs[1]?.job.id).toBe(second.id);
  });

  it('tells why it failed by the phase it failed in', async () => {
    const { jobs, builder } = handBuilder();
    const world = await open(builder);
    await withProject(world);
    const { id } = await start(world);
    await until(() => jobs.length === 1);
    jobs[0]?.end({ ...DONE, status: 'FAILED', phaseType: 'BUILD', message: 'the commands ended with 1' });
    await until(async () => (await look(world, id)).buildComplete);
    expect(await look(world, id)).toMatchObject({
      buildStatus: 'FAILED',
      phases: [{ phaseType: 'BUILD', contexts: [{ message: 'the commands ended with 1' }] }],
    });
    const missing = await start(world, { sourceLocationOverride: 'work/none.zip' });
    await until(async () => (await look(world, missing.id)).buildComplete);
    expect((await look(world, missing.id)).phases[0].phaseType).toBe('DOWNLOAD_SOURCE');
  });

  it('ends when it is stopped, whatever its builder says later', async () => {
    const { jobs, builder } = handBuilder();
    const world = await open(builder);
    await withProject(world);
    const { id } = await start(world);
    await until(() => jobs.length === 1);
    await world.call('CodeBuild', 'StopBuild', { id });
    expect(jobs[0]?.signal.aborted).toBe(true);
    jobs[0]?.end(DONE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await look(world, id)).buildStatus).toBe('STOPPED');
  });

  it('runs again from its source when the process that ran it is gone', async () => {
    const before = handBuilder();
    const world = await open(before.builder);
    await withProject(world);
    const { id } = await start(world);
    await until(() => before.jobs.length === 1);
    await world.close();
    const after = handBuilder();
    const reopened = await open(after.builder);
    await until(() => after.jobs.length === 1);
    after.jobs[0]?.end(DONE);
    await until(async () => (await look(reopened, id)).buildStatus === 'SUCCEEDED');
  });

  it('fails at once, before anything is run, in a world that carries none out', async () => {
    const world = await open();
    await withProject(world);
    expect(await start(world)).toMatchObject({
      buildStatus: 'FAILED',
      phases: [{ phaseType: 'PROVISIONING', contexts: [{ message: 'builds are not run in this world' }] }],
    });
  });
});

describe('what is not offered', () => {
  it.each([
    ['env:\n  shell: bash\n', 'env is not offered here'],
    ['phases:\n  bild: {commands: [a]}\n', 'phase bild is not known'],
    ['phases:\n  build: {commands: [a], finally: [b]}\n', 'phase build: only commands are offered here'],
    ['artifacts: {files: ["*.txt"]}\n', 'artifacts.files: only **/* is offered here, found *.txt'],
  ])('is refused by name: %j', (text, message) => {
    expect(() => readBuildspec(text)).toThrow(message);
  });

  it('is refused by name in a call too', async () => {
    const world = await open();
    await withProject(world);
    await expect(start(world, { imageOverride: 'x' })).rejects.toThrow('imageOverride is not offered here');
    await expect(world.call('CodeBuild', 'StartBuild', { projectName: 'none' })).rejects.toThrow(
      'Project cannot be found',
    );
  });
});
