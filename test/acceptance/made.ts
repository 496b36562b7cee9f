// A pipeline bundled and synthesized into a folder of its own, and the idea its runs are started with.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { type Assembly, readAssembly } from '../../local/assembly.ts';
import { root, synthesize } from '../infra/synthesize.ts';

export interface Made {
  readonly assembly: Assembly;
  readonly idea: string;
  remove(): void;
}

/** @param pipeline path from the repository's root. */
export function make(pipeline: string): Made {
  const file = join(root, pipeline);
  const into = mkdtempSync(join(tmpdir(), 'ideamine-acceptance-'));
  const bundles = bundleHandlers({ handlers: join(root, 'lambdas'), into, pipeline: pinPipeline(readPipeline(file)) });
  const { dir } = synthesize({ pipeline: file }, bundles);
  return {
    assembly: readAssembly(dir, undefined, { accountId: '000000000000', region: 'us-east-1' }),
    idea: readFileSync(join(root, 'examples/ideas/tool-library.md'), 'utf8'),
    remove() {
      for (const folder of [into, dir]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
