// The plan of a deployment, its rollback, step for step the other way round, and the rules of the canary between them.

import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import type { DeploymentPlan } from '../../core/artifacts/deployment-plan.ts';
import type { RepoManifest } from '../../core/artifacts/repo-manifest.ts';
import type { RollbackPlan } from '../../core/artifacts/rollback-plan.ts';

/** Spec §6: error share over a window of 15 minutes, at most 1 %; response within a second. */
const CANARY = {
  windowSeconds: 900,
  trafficPercent: 5,
  errorBasisPoints: 100,
  p95Ms: 1000,
  healthBasisPoints: 9500,
  minimumRequests: 100,
};

export function canaryRules(): CanaryRules {
  return {
    windowSeconds: CANARY.windowSeconds,
    trafficPercent: CANARY.trafficPercent,
    rules: [
      {
        metric: 'error-share',
        comparison: 'at-most',
        limit: CANARY.errorBasisPoints,
        unit: 'basis-points',
        onBreach: 'rollback',
      },
      { metric: 'latency-p95', comparison: 'at-most', limit: CANARY.p95Ms, unit: 'milliseconds', onBreach: 'hold' },
      {
        metric: 'health',
        comparison: 'at-least',
        limit: CANARY.healthBasisPoints,
        unit: 'basis-points',
        onBreach: 'rollback',
      },
    ],
    minimumRequests: CANARY.minimumRequests,
    basis: 'limits of the gates of qa and beta',
  };
}

export function planDeployment(
  version: string,
  manifest: RepoManifest,
  { trafficPercent }: CanaryRules,
): DeploymentPlan {
  const has = (command: string) => manifest.commands.some((one) => one.command === command);
  const steps = [
    { action: 'Back up the database', check: 'the backup opens and has the same number of rows', command: '' },
    {
      action: `Check out the commit of version ${version}`,
      check: 'the commit is the one of the repository manifest',
      command: '',
    },
    ...(has('npm test') ? [{ action: 'Run the tests', check: 'all pass', command: 'npm test' }] : []),
    { action: 'Create missing tables', check: 'every table of the schema is there', command: '' },
    ...(has('npm start')
      ? [{ action: 'Start the new version beside the old one', check: '/health answers 200', command: 'npm start' }]
      : []),
    {
      action: `Send ${trafficPercent} % of the traffic to the new version`,
      check: 'the canary rules hold over the window',
      command: '',
    },
    {
      action: 'Send all traffic to the new version',
      check: '/health answers 200 and the canary rules hold',
      command: '',
    },
  ];
  return {
    version,
    ...(manifest.workspace === undefined ? {} : { workspace: manifest.workspace }),
    prerequisites: [
      {
        what: 'a repository with the commit of this release',
        met: manifest.commit.status === 'measured' ? 'yes' : 'no',
      },
      { what: 'a host with Node.js 24', met: 'unknown' },
      { what: 'API_TOKEN_HASH set', met: 'unknown' },
    ],
    steps: steps.map((step, at) => ({ id: `D${at + 1}`, ...step })),
    stages: [
      { name: 'canary', trafficPercent },
      { name: 'half', trafficPercent: 50 },
      { name: 'all', trafficPercent: 100 },
    ],
    healthChecks: ['/health'],
  };
}

export function planRollback(plan: DeploymentPlan, rules: CanaryRules): RollbackPlan {
  const triggers = rules.rules
    .filter(({ onBreach }) => onBreach === 'rollback')
    .map(
      ({ metric, comparison, limit, unit }) =>
        `${metric} is not ${comparison.replace('-', ' ')} ${limit} ${unit.replace('-', ' ')}`,
    );
  const undone = plan.steps.toReversed().flatMap(({ id, action }) => {
    const undo = UNDO.find(([start]) => action.startsWith(start));
    return undo === undefined ? [] : [{ undoes: id, action: undo[1], check: undo[2] }];
  });
  return {
    triggers,
    steps: undone.map((step, at) => ({ id: `B${at + 1}`, ...step })),
    dataLoss: 'Records made by the new version since the backup are lost when the backup is put back; otherwise none.',
    decideWithinMinutes: rules.windowSeconds / 60,
  };
}

const UNDO = [
  ['Send', 'Send all traffic to the old version', 'the old version answers every request'],
  ['Start', 'Stop the new version', 'its port is closed'],
  ['Create', 'Put the backup back if the tables changed', 'the old version reads its records'],
] as const;
