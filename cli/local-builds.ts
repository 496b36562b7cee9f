// Builds on this machine: the toolset is this installation, of which builds may read the programs and nothing else.

import { join, resolve } from 'node:path';
import type { Pipeline } from '../core/pipeline/model.ts';
import { createCodeBuild } from '../local/codebuild/codebuild.ts';
import { builderHere } from '../local/codebuild/here.ts';
import type { Fabric, Service } from '../local/service.ts';
import { installation } from './home.ts';

const PROGRAMS = ['agents', 'core', 'node_modules', 'package.json', 'package-lock.json'];

/** Of the canary of an example, which nobody waits 15 minutes for; what was watched stands beside it. */
const EXAMPLE_WINDOW_SECONDS = '30';

export interface LocalBuilds {
  /** All code that will be measured was written by our own generator: where nothing can isolate it, it runs without. */
  readonly trusted: boolean;
  /** The idea is one of the examples. */
  readonly example: boolean;
}

export function localBuilds({ trusted, example }: LocalBuilds): (fabric: Fabric) => readonly Service[] {
  const readable = PROGRAMS.map((name) => join(installation, name));
  const builder = builderHere({
    sources: { toolset: { folder: installation, readable } },
    variables: {
      // A registry may be reached through a proxy whose certificate only the system knows.
      NODE_USE_SYSTEM_CA: '1',
      ...(example ? { LONGEST_WINDOW_SECONDS: EXAMPLE_WINDOW_SECONDS } : {}),
    },
    path: process.env.PATH ?? '',
    trusted,
  });
  return (fabric) => [createCodeBuild(fabric, builder)];
}

/** Without a model every line of code comes from the generator. */
export function writesItsOwnCode({ models }: Pipeline): boolean {
  return Object.values(models).every(({ provider }) => provider === 'offline');
}

export const isExample = (ideaFile: string): boolean => resolve(ideaFile).startsWith(join(installation, 'examples'));
