// Artifacts that hold what is not for everybody: a business's plans and prices, weaknesses that are not mended yet, what
// users did. Said here, not by a pipeline, which could forget it.

import type { ArtifactType } from './artifact-type.ts';

export const privateArtifacts: readonly ArtifactType[] = [
  'BusinessPlan',
  'PricingModel',
  'GTMStrategy',
  'SecurityPack',
  'VulnerabilityScan',
  'SecretsScanReport',
  'BetaMetrics',
];
