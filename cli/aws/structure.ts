// A stage runs one structure (phases, artifacts, fan-out); behaviour that fits it can be pushed without a deploy.

import type { PinnedPipeline } from '../../core/pipeline/model.ts';
import { UsageError } from '../exit.ts';
import { output, type Stage } from '../stage.ts';

/** @throws UsageError before anything is written, where opening the run would refuse it later. */
export function checkStructure(stage: Pick<Stage, 'outputs'>, { pipeline, structureHash }: PinnedPipeline): void {
  const name = output(stage.outputs, 'PipelineName');
  if (pipeline.name !== name) {
    throw new UsageError(
      `the stage runs the pipeline ${name}, found ${pipeline.name}: deploy it under a --stage of its own`,
    );
  }
  const deployed = output(stage.outputs, 'StructureHash');
  if (structureHash === deployed) return;
  throw new UsageError(
    `pipeline ${name} has structure ${structureHash.slice(0, 12)}, the stage was deployed with ${deployed.slice(0, 12)}: ` +
      'its phases, artifacts or fan-out differ, so `ideamine deploy` it first',
  );
}
