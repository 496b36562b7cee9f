// The part of CodeBuild that runs a project's buildspec on a zip from S3 and puts its artifacts back. A build that was running when
// the process ended runs again from its source, which changes nothing but its time.

import { AwsError, type Fabric, type Operation, type Service } from '../service.ts';
import type { BuildEnd, Builder, BuildJob } from './builder.ts';
import { readBuildspec } from './buildspec.ts';
import { type Build, BuildStore, type Project } from './store.ts';

interface StartInput {
  readonly projectName: string;
  readonly sourceLocationOverride?: string;
  readonly artifactsOverride?: { type: string; location: string; path?: string; name?: string; packaging?: string };
  readonly environmentVariablesOverride?: readonly { name: string; value: string }[];
  readonly idempotencyToken?: string;
  readonly timeoutInMinutesOverride?: number;
}

/** Of the standard machine of each size: https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html */
const GIB: Readonly<Record<string, number>> = {
  BUILD_GENERAL1_SMALL: 4,
  BUILD_GENERAL1_MEDIUM: 8,
  BUILD_GENERAL1_LARGE: 16,
};
const OFFERED = new Set<string>([
  'projectName',
  'sourceLocationOverride',
  'artifactsOverride',
  'environmentVariablesOverride',
  'idempotencyToken',
  'timeoutInMinutesOverride',
]);

const NO_BUILDER: BuildEnd = {
  status: 'FAILED',
  phaseType: 'PROVISIONING',
  message: 'builds are not run in this world',
  artifacts: [],
};

/** @param builder absent: every build fails at once, saying so. */
export function createCodeBuild(fabric: Fabric, builder?: Builder): Service {
  const store = new BuildStore(fabric.db);
  const arn = (kind: string, name: string) => `arn:aws:codebuild:${fabric.region}:${fabric.accountId}:${kind}/${name}`;
  const aborts = new Map<string, AbortController>();
  const waiting: Build[] = [];

  const end = (build: Build, { status, phaseType, message }: BuildEnd): void => {
    aborts.delete(build.id);
    if (store.build(build.id)?.status !== 'IN_PROGRESS') return;
    store.put({ ...build, status, endedAt: fabric.clock.now(), phase: { phaseType, message } });
    fabric.log({ service: 'CodeBuild', build: build.id, status, ...(message === '' ? {} : { message }) });
  };

  const next = (): void => {
    if (builder === undefined) return;
    while (waiting.length > 0 && aborts.size < builder.atOnce) {
      const build = waiting.shift() as Build;
      if (store.build(build.id)?.status !== 'IN_PROGRESS') continue;
      const abort = new AbortController();
      aborts.set(build.id, abort);
      void carryOut(builder, build, abort.signal)
        .catch((error: Error): BuildEnd => failed('DOWNLOAD_SOURCE', error))
        .then((ended) =>
          fabric.turns.defer(() => {
            end(build, ended);
            next();
          }),
        );
    }
  };

  const carryOut = async (by: Builder, build: Build, signal: AbortSignal): Promise<BuildEnd> => {
    const project = store.project(build.project);
    const as = { principal: project.serviceRole };
    const [bucket = '', ...key] = build.source.split('/');
    const { Body } = (await fabric.call('S3', 'GetObject', { Bucket: bucket, Key: key.join('/') }, as)) as {
      Body: Uint8Array;
    };
    const ended = await by.run(jobOf(project, build, Body), signal);
    const { artifacts } = build;
    if (artifacts === undefined) return ended;
    try {
      for (const { path, bytes } of ended.artifacts) {
        const Key = [artifacts.path, artifacts.name, path]
          .filter((part) => part !== undefined && part !== '')
          .join('/');
        await fabric.call('S3', 'PutObject', { Bucket: artifacts.location, Key, Body: bytes }, as);
      }
    } catch (error) {
      return failed('UPLOAD_ARTIFACTS', error as Error);
    }
    return ended;
  };

  const start = (input: StartInput): Build => {
    const strange = Object.keys(input).find((name) => !OFFERED.has(name));
    if (strange !== undefined) throw invalid(`StartBuild: ${strange} is not offered here`);
    const project = store.project(input.projectName);
    const known = input.idempotencyToken && store.byToken(project.name, input.idempotencyToken);
    if (known) return known;
    const source = input.sourceLocationOverride ?? project.source.location;
    if (source === undefined) throw invalid('the project has no source location, and none was given');
    readBuildspec(project.source.buildspec ?? '');
    const { artifactsOverride: artifacts } = input;
    if (artifacts !== undefined && (artifacts.type !== 'S3' || (artifacts.packaging ?? 'NONE') !== 'NONE')) {
      throw invalid('artifactsOverride: only S3 without packaging is offered here');
    }
    const build: Build = {
      id: `${project.name}:${fabric.random.uuid()}`,
      project: project.name,
      status: 'IN_PROGRESS',
      startedAt: fabric.clock.now(),
      ...(input.idempotencyToken === undefined ? {} : { token: input.idempotencyToken }),
      source,
      ...(artifacts === undefined ? {} : { artifacts }),
      variables: Object.fromEntries(
        [...(project.environment.environmentVariables ?? []), ...(input.environmentVariablesOverride ?? [])].map(
          ({ name, value }) => [name, value],
        ),
      ),
      timeoutMs: (input.timeoutInMinutesOverride ?? project.timeoutInMinutes ?? 60) * 60_000,
    };
    store.put(build);
    if (builder === undefined) end(build, NO_BUILDER);
    else {
      waiting.push(build);
      fabric.turns.afterCommit(next);
    }
    return store.build(build.id) as Build;
  };

  const describe = (build: Build) => ({
    id: build.id,
    arn: arn('build', build.id),
    projectName: build.project,
    buildStatus: build.status,
    buildComplete: build.status !== 'IN_PROGRESS',
    startTime: new Date(build.startedAt),
    ...(build.endedAt === undefined ? {} : { endTime: new Date(build.endedAt) }),
    phases:
      build.phase === undefined
        ? []
        : [
            {
              phaseType: build.phase.phaseType,
              phaseStatus: build.status,
              contexts: build.phase.message === '' ? [] : [{ statusCode: build.status, message: build.phase.message }],
            },
          ],
  });

  const operations: Record<string, Operation> = {
    CreateProject: (input: Omit<Project, 'arn'>) => {
      if (store.findProject(input.name)) {
        throw new AwsError('ResourceAlreadyExistsException', `Project already exists: ${input.name}`);
      }
      const project = { ...input, arn: arn('project', input.name) };
      readBuildspec(project.source.buildspec ?? '');
      store.putProject(project);
      return { project };
    },
    UpdateProject: (input: Project) => {
      const project = { ...store.project(input.name), ...input };
      readBuildspec(project.source.buildspec ?? '');
      store.putProject(project);
      return { project };
    },
    BatchGetProjects: ({ names }: { names: readonly string[] }) => ({
      projects: names.map((name) => store.findProject(name)).filter((project) => project !== undefined),
      projectsNotFound: names.filter((name) => store.findProject(name) === undefined),
    }),
    StartBuild: (input: StartInput) => ({ build: describe(start(input)) }),
    BatchGetBuilds: ({ ids }: { ids: readonly string[] }) => ({
      builds: ids
        .map((id) => store.build(id))
        .filter((build) => build !== undefined)
        .map(describe),
      buildsNotFound: ids.filter((id) => store.build(id) === undefined),
    }),
    StopBuild: ({ id }: { id: string }) => {
      const build = store.build(id);
      if (build === undefined) throw new AwsError('ResourceNotFoundException', `Build cannot be found: ${id}`);
      const abort = aborts.get(id);
      if (build.status === 'IN_PROGRESS') {
        end(build, { status: 'STOPPED', phaseType: 'BUILD', message: 'it was stopped', artifacts: [] });
        abort?.abort();
        fabric.turns.afterCommit(next);
      }
      return { build: describe(store.build(id) as Build) };
    },
  };
  return {
    name: 'CodeBuild',
    operations,
    boot: () => {
      for (const build of store.running()) {
        if (builder === undefined) end(build, NO_BUILDER);
        else waiting.push(build);
      }
      if (waiting.length > 0) fabric.turns.afterCommit(next);
    },
  };
}

function jobOf(project: Project, build: Build, source: Uint8Array): BuildJob {
  const { commands, artifacts } = readBuildspec(project.source.buildspec ?? '');
  return {
    id: build.id,
    commands,
    variables: build.variables,
    source,
    secondarySources: (project.secondarySources ?? []).map(({ sourceIdentifier = '' }) => sourceIdentifier),
    network: project.vpcConfig === undefined,
    memoryBytes: (GIB[project.environment.computeType ?? ''] ?? 4) * 2 ** 30,
    timeoutMs: build.timeoutMs,
    artifactsFolder: artifacts.wanted ? artifacts.baseDirectory : undefined,
  };
}

const failed = (phaseType: BuildEnd['phaseType'], error: Error): BuildEnd => ({
  status: 'FAILED',
  phaseType,
  message: `${error.name}: ${error.message}`,
  artifacts: [],
});

function invalid(message: string): AwsError {
  return new AwsError('InvalidInputException', message);
}
