// Builds on this machine: the toolset is this installation, of which builds may read the programs and nothing else.

import { join } from 'node:path';
import type { Pipeline } from '../core/pipeline/model.ts';
import { createCodeBuild } from '../local/codebuild/codebuild.ts';
import { builderHere } from '../local/codebuild/here.ts';
import type { Fabric, Service } from '../local/service.ts';
import { installation } from './home.ts';

const PROGRAMS = ['agents', 'core', 'node_modules', 'package.json', 'package-lock.json'];

/** @param trusted whether all code that will be measured was written by our own generator. */
export function localBuilds(trusted: boolean): (fabric: Fabric) => readonly Service[] {
  const readable = PROGRAMS.map((name) => join(installation, name));
  const builder = builderHere({
    sources: { toolset: { folder: installation, readable } },
    path: process.env.PATH ?? '',
    trusted,
  });
  return (fabric) => [createCodeBuild(fabric, builder)];
}

/** Without a model every line of code comes from the generator. */
export function writesItsOwnCode({ models }: Pipeline): boolean {
  return Object.values(models).every(({ provider }) => provider === 'offline');
}
