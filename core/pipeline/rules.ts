// Every rule a pipeline must keep.

import type { Rule } from './rule.ts';
import { afterEarlier } from './rules/after-earlier.ts';
import { artifactWithoutMaker } from './rules/artifact-without-maker.ts';
import { budgetsAddUp } from './rules/budgets-add-up.ts';
import { cycle } from './rules/cycle.ts';
import { duplicateId } from './rules/duplicate-id.ts';
import { gateArtifact } from './rules/gate-artifact.ts';
import { guardParameters } from './rules/guard-parameters.ts';
import { lethalTrifecta } from './rules/lethal-trifecta.ts';
import { longTurns } from './rules/long-turns.ts';
import { noModels } from './rules/no-models.ts';
import { noPhases } from './rules/no-phases.ts';
import { nothingToDo } from './rules/nothing-to-do.ts';
import { shardArtifact } from './rules/shard-artifact.ts';
import { slotWithoutMaker } from './rules/slot-without-maker.ts';
import { twoMakers } from './rules/two-makers.ts';
import { unknownAgent } from './rules/unknown-agent.ts';
import { unknownAggregation } from './rules/unknown-aggregation.ts';
import { unknownArtifact } from './rules/unknown-artifact.ts';
import { unknownCriterion } from './rules/unknown-criterion.ts';
import { unknownGuardParameter } from './rules/unknown-guard-parameter.ts';
import { unknownProvider } from './rules/unknown-provider.ts';
import { unknownTier } from './rules/unknown-tier.ts';
import { unknownTool } from './rules/unknown-tool.ts';
import { weightsSum } from './rules/weights-sum.ts';

export const rules: readonly Rule[] = [
  afterEarlier,
  artifactWithoutMaker,
  budgetsAddUp,
  cycle,
  duplicateId,
  gateArtifact,
  guardParameters,
  lethalTrifecta,
  longTurns,
  noModels,
  noPhases,
  nothingToDo,
  shardArtifact,
  slotWithoutMaker,
  twoMakers,
  unknownAgent,
  unknownAggregation,
  unknownArtifact,
  unknownCriterion,
  unknownGuardParameter,
  unknownProvider,
  unknownTier,
  unknownTool,
  weightsSum,
];
