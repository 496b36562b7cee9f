// The schema of every artifact type, by name.

import type { z } from 'zod';
import { a11yAuditSchema } from './a11y-audit.ts';
import { acceptanceTestResultsSchema } from './acceptance-test-results.ts';
import { architectureDocSchema } from './architecture-doc.ts';
import type { ArtifactType } from './artifact-type.ts';
import { betaMetricsSchema } from './beta-metrics.ts';
import { businessPlanSchema } from './business-plan.ts';
import { canaryResultsSchema } from './canary-results.ts';
import { canaryRulesSchema } from './canary-rules.ts';
import { compatibilityMatrixSchema } from './compatibility-matrix.ts';
import { competitiveAnalysisSchema } from './competitive-analysis.ts';
import { constraintsListSchema } from './constraints-list.ts';
import { coverageReportSchema } from './coverage-report.ts';
import { critiqueReportSchema } from './critique-report.ts';
import { dataModelSchema } from './data-model.ts';
import { deploymentPlanSchema } from './deployment-plan.ts';
import { deploymentReportSchema } from './deployment-report.ts';
import { designSystemSchema } from './design-system.ts';
import { documentationSchema } from './documentation.ts';
import { dossierDraftSchema } from './dossier-draft.ts';
import { gtmStrategySchema } from './gtm-strategy.ts';
import { ideaSpecSchema } from './idea-spec.ts';
import { ideationResultSchema } from './ideation-result.ts';
import { implementedStoriesSchema } from './implemented-stories.ts';
import { infrastructureSpecSchema } from './infrastructure-spec.ts';
import { monitoringDashboardSchema } from './monitoring-dashboard.ts';
import { openApiSchema } from './openapi.ts';
import { perfReportSchema } from './perf-report.ts';
import { prdSchema } from './prd.ts';
import { pricingModelSchema } from './pricing-model.ts';
import { releaseNotesSchema } from './release-notes.ts';
import { repoManifestSchema } from './repo-manifest.ts';
import { revisedAssumptionsSchema } from './revised-assumptions.ts';
import { riskRegisterSchema } from './risk-register.ts';
import { rollbackPlanSchema } from './rollback-plan.ts';
import { rtmSchema } from './rtm.ts';
import { sbomSchema } from './sbom.ts';
import { secretsScanReportSchema } from './secrets-scan-report.ts';
import { securityPackSchema } from './security-pack.ts';
import { sourceCodeSchema } from './source-code.ts';
import { storyProgressSchema } from './story-progress.ts';
import { styleGuideSchema } from './style-guide.ts';
import { techStackProposalSchema } from './tech-stack-proposal.ts';
import { testReportSchema } from './test-report.ts';
import { testSuiteSchema } from './test-suite.ts';
import { userStoriesSchema } from './user-stories.ts';
import { visualAssetsSchema } from './visual-assets.ts';
import { vulnerabilityScanSchema } from './vulnerability-scan.ts';

export type { ArtifactType } from './artifact-type.ts';
export { artifactTypes, isArtifactType } from './artifact-type.ts';

const schemas = {
  IdeaSpec: ideaSpecSchema,
  ConstraintsList: constraintsListSchema,
  IdeationResult: ideationResultSchema,
  CompetitiveAnalysis: competitiveAnalysisSchema,
  TechStackProposal: techStackProposalSchema,
  CritiqueReport: critiqueReportSchema,
  RiskRegister: riskRegisterSchema,
  RevisedAssumptions: revisedAssumptionsSchema,
  PRD: prdSchema,
  RTM: rtmSchema,
  UserStories: userStoriesSchema,
  BusinessPlan: businessPlanSchema,
  PricingModel: pricingModelSchema,
  GTMStrategy: gtmStrategySchema,
  ArchitectureDoc: architectureDocSchema,
  OpenAPI: openApiSchema,
  DataModel: dataModelSchema,
  InfrastructureSpec: infrastructureSpecSchema,
  SourceCode: sourceCodeSchema,
  TestSuite: testSuiteSchema,
  CoverageReport: coverageReportSchema,
  RepoManifest: repoManifestSchema,
  SecurityPack: securityPackSchema,
  SBOM: sbomSchema,
  VulnerabilityScan: vulnerabilityScanSchema,
  SecretsScanReport: secretsScanReportSchema,
  ImplementedStories: implementedStoriesSchema,
  AcceptanceTestResults: acceptanceTestResultsSchema,
  StoryProgress: storyProgressSchema,
  TestReport: testReportSchema,
  PerfReport: perfReportSchema,
  A11yAudit: a11yAuditSchema,
  CompatibilityMatrix: compatibilityMatrixSchema,
  DesignSystem: designSystemSchema,
  StyleGuide: styleGuideSchema,
  VisualAssets: visualAssetsSchema,
  ReleaseNotes: releaseNotesSchema,
  DeploymentPlan: deploymentPlanSchema,
  RollbackPlan: rollbackPlanSchema,
  CanaryRules: canaryRulesSchema,
  Documentation: documentationSchema,
  DossierDraft: dossierDraftSchema,
  DeploymentReport: deploymentReportSchema,
  MonitoringDashboard: monitoringDashboardSchema,
  CanaryResults: canaryResultsSchema,
  BetaMetrics: betaMetricsSchema,
} satisfies Record<ArtifactType, z.ZodType>;

/** The zod schema that content of this type must satisfy once a phase has aggregated it. */
export function artifactSchema<Type extends ArtifactType>(type: Type): (typeof schemas)[Type] {
  return schemas[type];
}
