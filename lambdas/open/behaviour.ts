// Which behaviour a run is pinned to: the one it names, the one that was pushed, or the one that was deployed. It must fit
// the deployed structure and keep every rule against the agents and criteria that are here.

import { BadInput, StructureMismatch } from '../../core/errors.ts';
import { checkPinned } from '../../core/pipeline/check-pinned.ts';
import type { Known } from '../../core/pipeline/known.ts';
import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import { structureHash } from '../../core/pipeline/structure.ts';
import type { Bucket } from '../../store/objects.ts';
import { currentPipelineHash, getPipeline } from '../../store/pipelines.ts';

export interface BehaviourDeps {
  readonly bucket: Bucket;
  /** The pipeline this stack was deployed with. */
  readonly deployed: () => Promise<PinnedPipeline>;
  readonly pipelineName: string;
  readonly structureHash: string;
  /** The words a pipeline may use here. */
  readonly known: Known;
}

/** @param asked `name` or `name@hash`. @throws BadInput, StructureMismatch. */
export async function pinBehaviour(deps: BehaviourDeps, asked: string | undefined): Promise<PinnedPipeline> {
  const [name, hash] = (asked ?? deps.pipelineName).split('@') as [string, string?];
  if (name !== deps.pipelineName) {
    throw new BadInput(`pipeline: found ${name}, expected ${deps.pipelineName}, which is what this stack runs`);
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

async function find(deps: BehaviourDeps, name: string, asked: string | undefined): Promise<PinnedPipeline> {
  const deployed = await deps.deployed();
  const hash = asked ?? (await currentPipelineHash(deps.bucket, name)) ?? deployed.hash;
  return hash === deployed.hash ? deployed : getPipeline(deps.bucket, name, hash);
}
