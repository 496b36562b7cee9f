// All criteria a gate may weigh and all guards it may set, by id. The pipeline's loader checks names against these.

import { acceptanceTests } from './criteria/acceptance-tests.ts';
import { accessibility } from './criteria/accessibility.ts';
import { assumptionQuality } from './criteria/assumption-quality.ts';
import { branding } from './criteria/branding.ts';
import { canary } from './criteria/canary.ts';
import { clarity } from './criteria/clarity.ts';
import { compilation } from './criteria/compilation.ts';
import { completeness } from './criteria/completeness.ts';
import { consistency } from './criteria/consistency.ts';
import { coverage } from './criteria/coverage.ts';
import { deploymentHealth } from './criteria/deployment-health.ts';
import { designConsistency } from './criteria/design-consistency.ts';
import { documentation } from './criteria/documentation.ts';
import { feasibility } from './criteria/feasibility.ts';
import { grounding } from './criteria/grounding.ts';
import { monitoring } from './criteria/monitoring.ts';
import { passRate } from './criteria/pass-rate.ts';
import { performance } from './criteria/performance.ts';
import { responsiveness } from './criteria/responsiveness.ts';
import { revenueConfidence } from './criteria/revenue-confidence.ts';
import { riskCoverage } from './criteria/risk-coverage.ts';
import { sbom } from './criteria/sbom.ts';
import { scalability } from './criteria/scalability.ts';
import { secrets } from './criteria/secrets.ts';
import { securityControls } from './criteria/security-controls.ts';
import { storyCompletion } from './criteria/story-completion.ts';
import { testCoverage } from './criteria/test-coverage.ts';
import { tests } from './criteria/tests.ts';
import { viability } from './criteria/viability.ts';
import { vulnerabilities } from './criteria/vulnerabilities.ts';
import type { Criterion } from './criterion.ts';
import type { Guard } from './guard.ts';
import { accessibilityGuard } from './guards/accessibility.ts';
import { assumptionsChallenged } from './guards/assumptions-challenged.ts';
import { canaryGuard } from './guards/canary.ts';
import { citations } from './guards/citations.ts';
import { contradictions } from './guards/contradictions.ts';
import { dataModelValid } from './guards/data-model-valid.ts';
import { fieldsPresent } from './guards/fields-present.ts';
import { itemsAtLeast } from './guards/items-at-least.ts';
import { licences } from './guards/licences.ts';
import { lint } from './guards/lint.ts';
import { openapiValid } from './guards/openapi-valid.ts';
import { pricingArithmetic } from './guards/pricing-arithmetic.ts';
import { requestsPerSecond } from './guards/requests-per-second.ts';
import { responseTime } from './guards/response-time.ts';
import { risksByCategory } from './guards/risks-by-category.ts';
import { scope } from './guards/scope.ts';
import { secretsGuard } from './guards/secrets.ts';
import { securityControlsGuard } from './guards/security-controls.ts';
import { semverValid } from './guards/semver-valid.ts';
import { storiesTraced } from './guards/stories-traced.ts';
import { storyCompletionGuard } from './guards/story-completion.ts';
import { viewports } from './guards/viewports.ts';
import { vulnerabilitiesBySeverity } from './guards/vulnerabilities-by-severity.ts';
import { thresholdGuard } from './threshold-guard.ts';

export const criteria: readonly Criterion[] = [
  acceptanceTests,
  accessibility,
  assumptionQuality,
  branding,
  canary,
  clarity,
  compilation,
  completeness,
  consistency,
  coverage,
  deploymentHealth,
  designConsistency,
  documentation,
  feasibility,
  grounding,
  monitoring,
  passRate,
  performance,
  responsiveness,
  revenueConfidence,
  riskCoverage,
  sbom,
  scalability,
  secrets,
  securityControls,
  storyCompletion,
  testCoverage,
  tests,
  viability,
  vulnerabilities,
];

/** Guards with parameters of their own; every other criterion is a guard by its score. */
const ownGuards: readonly Guard[] = [
  accessibilityGuard,
  assumptionsChallenged,
  canaryGuard,
  citations,
  contradictions,
  dataModelValid,
  fieldsPresent,
  itemsAtLeast,
  licences,
  lint,
  openapiValid,
  pricingArithmetic,
  requestsPerSecond,
  responseTime,
  risksByCategory,
  scope,
  secretsGuard,
  securityControlsGuard,
  semverValid,
  storiesTraced,
  storyCompletionGuard,
  viewports,
  vulnerabilitiesBySeverity,
];

const ownIds = new Set(ownGuards.map(({ id }) => id));

export const guards: readonly Guard[] = [
  ...ownGuards,
  ...criteria.filter(({ id }) => !ownIds.has(id)).map(thresholdGuard),
].sort((a, b) => (a.id < b.id ? -1 : 1));

export const criterionIds: readonly string[] = criteria.map(({ id }) => id);

/** Each guard's id with the names of the parameters it takes. */
export const guardParameters: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  guards.map(({ id, parameters }) => [id, parameters]),
);

const criterionById = new Map(criteria.map((criterion) => [criterion.id, criterion]));
const guardById = new Map(guards.map((guard) => [guard.id, guard]));

export const findCriterion = (id: string): Criterion | undefined => criterionById.get(id);
export const findGuard = (id: string): Guard | undefined => guardById.get(id);
