// Which stage a command works on: the runs of this machine, or with --aws (or --stage, or --region) a deployed one.

import type { Command } from 'commander';
import { connect } from './aws/connection.ts';
import { openDeployedStage } from './aws/deployed-stage.ts';
import { plainly } from './aws/failures.ts';
import { DEFAULT_STAGE } from './aws/stacks.ts';
import { homeAt } from './home.ts';
import { logTo } from './logs.ts';
import { lookBack, type ReopenOptions, reopenStage } from './reopen.ts';
import type { Stage } from './stage.ts';

export interface StageOptions {
  readonly aws?: boolean;
  readonly stage?: string;
  readonly region?: string;
}

export interface GlobalOptions {
  readonly home: string;
  readonly debug?: boolean;
}

export function stageOptions(command: Command): Command {
  return command
    .option(
      '--aws',
      `a deployed stage instead of this machine (with the stage's name: --stage, default ${DEFAULT_STAGE})`,
    )
    .option('--stage <name>', 'the deployed stage of this name')
    .option('--region <region>', 'where the stage was deployed (default: as the AWS SDK is configured)');
}

export function isDeployed({ aws, stage, region }: StageOptions): boolean {
  return aws === true || stage !== undefined || region !== undefined;
}

/** Works on a deployed stage. @throws UsageError for whatever AWS has against it. */
export async function onDeployed<T>(options: StageOptions, act: (stage: Stage) => Promise<T>): Promise<T> {
  const connection = await connect(options.region);
  const stage = await openDeployedStage(connection, options.stage ?? DEFAULT_STAGE);
  return plainly(connection, () => act(stage));
}

/** Only looks. @returns `nothing` when no run was ever started on this machine. */
export function lookAt<T>(
  options: StageOptions,
  global: GlobalOptions,
  look: (stage: Stage) => Promise<T>,
  nothing: T,
): Promise<T> {
  return isDeployed(options) ? onDeployed(options, look) : lookBack(homeAt(global.home), look, nothing);
}

/** Changes something. On this machine no other process may run there meanwhile. */
export async function workOn<T>(
  options: StageOptions,
  global: GlobalOptions,
  act: (stage: Stage) => Promise<T>,
  pipeline?: ReopenOptions['pipeline'],
): Promise<T> {
  if (isDeployed(options)) return onDeployed(options, act);
  const stage = await reopenStage(homeAt(global.home), { pipeline, onLog: logTo(global.debug === true) });
  try {
    return await act(stage);
  } finally {
    await stage.world.close();
  }
}
