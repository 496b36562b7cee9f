// The names of everything a phase can make. `Idea` is a source (the run's input), not an artifact.

export const artifactTypes = [
  'IdeaSpec',
  'ConstraintsList',
  'IdeationResult',
  'CompetitiveAnalysis',
  'TechStackProposal',
  'CritiqueReport',
  'RiskRegister',
  'RevisedAssumptions',
  'PRD',
  'RTM',
  'UserStories',
  'BusinessPlan',
  'PricingModel',
  'GTMStrategy',
  'ArchitectureDoc',
  'OpenAPI',
  'DataModel',
  'InfrastructureSpec',
  'SourceCode',
  'TestSuite',
  'CoverageReport',
  'RepoManifest',
  'SecurityPack',
  'SBOM',
  'VulnerabilityScan',
  'SecretsScanReport',
  'ImplementedStories',
  'AcceptanceTestResults',
  'StoryProgress',
  'TestReport',
  'PerfReport',
  'A11yAudit',
  'CompatibilityMatrix',
  'DesignSystem',
  'StyleGuide',
  'VisualAssets',
  'ReleaseNotes',
  'DeploymentPlan',
  'RollbackPlan',
  'CanaryRules',
  'Documentation',
  'DossierDraft',
  'DeploymentReport',
  'MonitoringDashboard',
  'CanaryResults',
  'BetaMetrics',
] as const;

export type ArtifactType = (typeof artifactTypes)[number];

/** What a claim may cite: the idea or an artifact. */
export type SourceName = 'Idea' | ArtifactType;

export const sourceNames = ['Idea', ...artifactTypes] as const satisfies readonly SourceName[];

export function isArtifactType(name: string): name is ArtifactType {
  return (artifactTypes as readonly string[]).includes(name);
}

/** What agents of a phase write for one another; never handed on, so no pipeline may name it. */
export type WorkingPaper = 'Clarification' | 'Judgements';
