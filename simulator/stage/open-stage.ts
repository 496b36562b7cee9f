// What all seeds of a process share: the template, synthesized once, and the handlers, bundled once.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyFor } from '../../cli/assembly.ts';
import { homeAt, makeHome } from '../../cli/home.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../../cli/pipeline-file.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import { type Assembly, readAssembly } from '../../local/assembly.ts';
import { bundleHandlers, type Handlers, type Rewrite } from './handlers.ts';

export interface SimulatedStage {
  readonly base: Assembly;
  readonly builtIn: PinnedPipeline;
  readonly handlers: Handlers;
  close(): void;
}

/** Synthesized templates are kept in the home folder, as those of local runs are. */
export async function openStage(home = homeAt('.ideamine').dir, rewrite?: Rewrite): Promise<SimulatedStage> {
  const builtIn = loadPipelineFile(BUILT_IN_PIPELINE);
  const { dir } = await assemblyFor(builtIn, BUILT_IN_PIPELINE, makeHome(home));
  const base = readAssembly(dir, undefined, { accountId: '000000000000', region: 'us-east-1' });
  const into = mkdtempSync(join(tmpdir(), 'ideamine-simulator-'));
  try {
    const handlers = await bundleHandlers(into, builtIn, rewrite);
    return { base, builtIn, handlers, close: () => rmSync(into, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(into, { recursive: true, force: true });
    throw error;
  }
}
