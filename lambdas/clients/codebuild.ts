// Builds of one project: started once for a name, looked at, stopped.

import { BatchGetBuildsCommand, CodeBuildClient, StartBuildCommand, StopBuildCommand } from '@aws-sdk/client-codebuild';
import { throttlingOnly } from './throttling-only.ts';

interface BuildSource {
  readonly bucket: string;
  /** Key of the zip. */
  readonly source: string;
  /** Key prefix of the artifacts, without a slash at its end. */
  readonly artifacts: string;
}

/** `message` is for people: why it did not succeed. */
export type BuildState =
  | { readonly state: 'running' | 'succeeded' }
  | { readonly state: 'failed'; readonly message: string };

export interface Builds {
  /** @returns the build's id; the same one for the same name within five minutes. */
  start(name: string, source: BuildSource): Promise<string>;
  look(id: string): Promise<BuildState>;
  stop(id: string): Promise<void>;
}

export function createBuilds(projectName: string): Builds {
  const client = new CodeBuildClient({ retryStrategy: throttlingOnly });
  return {
    async start(name, { bucket, source, artifacts }) {
      const cut = artifacts.lastIndexOf('/');
      const { build } = await client.send(
        new StartBuildCommand({
          projectName,
          idempotencyToken: name,
          sourceLocationOverride: `${bucket}/${source}`,
          artifactsOverride: {
            type: 'S3',
            location: bucket,
            path: artifacts.slice(0, cut),
            name: artifacts.slice(cut + 1),
            packaging: 'NONE',
          },
        }),
      );
      return build?.id as string;
    },
    async look(id) {
      const { builds } = await client.send(new BatchGetBuildsCommand({ ids: [id] }));
      const build = builds?.[0];
      if (build === undefined) return { state: 'failed', message: 'the build is gone' };
      if (build.buildStatus === 'IN_PROGRESS') return { state: 'running' };
      if (build.buildStatus === 'SUCCEEDED') return { state: 'succeeded' };
      const failed = build.phases?.findLast(({ contexts }) => contexts?.some(({ message }) => message));
      const message = failed?.contexts?.map((context) => context.message ?? '').join('; ');
      return {
        state: 'failed',
        message: message || `the build ended as ${build.buildStatus}`,
      };
    },
    async stop(id) {
      await client.send(new StopBuildCommand({ id }));
    },
  };
}
