// Which behaviour a run is pinned to: the one it names, the one that was pushed, or the one that was deployed. It must fit
// the deployed structure and keep every rule against the agents and criteria that are here.

import { BadInput, StructureMismatch } from '../../core/errors.ts';
import { checkPinned } from '../../core/pipeline/check-pinned.ts';
import type { Known } from '../../core/pipeline/known.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import { structureHash } from '../../core/pipeline/structure.ts';
import type { Bucket } from '../../store/objects.ts';
import { currentPipelineHash, getPipeline, isPushed } from '../../store/pipelines.ts';

export interface BehaviourDeps {
  readonly bucket: Bucket;
  /** The pipeline this stack was deployed with. */
  readonly deployed: () => Promise<PinnedPipeline>;
  readonly pipelineName: string;
  readonly structureHash: string;
  /** The words a pipeline may use here. */
  readonly known: Known;
}

const HASH = /^[0-9a-f]{64}$/;

/** @param asked `name` or `name@hash`. @throws BadInput, StructureMismatch. */
export async function pinBehaviour(deps: BehaviourDeps, asked: string | undefined): Promise<PinnedPipeline> {
  const { name, hash } = nameAndHash(asked ?? deps.pipelineName);
  if (name !== deps.pipelineName) {
    throw new BadInput(`pipeline: found ${name}, expected ${deps.pipelineName}, which is what this stack runs`);
  }
  if (hash !== undefined && !HASH.test(hash)) {
    throw new BadInput(`pipeline: found ${asked}, expected ${name} or ${name}@ and a hash of 64 digits 0-9 and a-f`);
  }
  const pinned = await find(deps, name, hash);
  const found = structureHash(pinned.pipeline);
  if (found !== deps.structureHash) {
    throw new StructureMismatch(
      `pipeline ${name} (${pinned.hash.slice(0, 12)}) has structure ${found.slice(0, 12)}, ` +
        `this stack was deployed with ${deps.structureHash.slice(0, 12)}: deploy it, or push one with the same phases, artifacts and fan-out`,
    );
  }
  checkPinned(pinned, deps.known);
  return pinned;
}

/** At the first @, so that a second one is part of a hash that is then refused. */
function nameAndHash(asked: string): { name: string; hash: string | undefined } {
  const at = asked.indexOf('@');
  return at < 0 ? { name: asked, hash: undefined } : { name: asked.slice(0, at), hash: asked.slice(at + 1) };
}

async function find(deps: BehaviourDeps, name: string, asked: string | undefined): Promise<PinnedPipeline> {
  const deployed = await deps.deployed();
  const hash = asked ?? (await currentPipelineHash(deps.bucket, name)) ?? deployed.hash;
  if (hash === deployed.hash) return deployed;
  // One that was never pushed is the asker's mistake; a current one that is gone is damage.
  if (asked !== undefined && !(await isPushed(deps.bucket, name, asked))) {
    throw new BadInput(`pipeline: found ${name}@${asked}, which was never pushed; expected the hash of a pushed one`);
  }
  return getPipeline(deps.bucket, name, hash);
}
