// `ideamine doctor`: what a deploy and a run on AWS need, checked before it hurts. One sentence each.

import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Command } from 'commander';
import { bootstrapVersion, type Identity, identity } from '../aws/account.ts';
import { type Connection, connect } from '../aws/connection.ts';
import { plainly } from '../aws/failures.ts';
import { modelAccess, modelsOf } from '../aws/model-access.ts';
import { DEFAULT_STAGE, outputsOf, stackNameOf, stackOf } from '../aws/stacks.ts';
import { checkStructure } from '../aws/structure.ts';
import { UsageError } from '../exit.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../pipeline-file.ts';

interface Options {
  readonly stage: string;
  readonly region?: string;
  readonly pipeline: string;
  readonly json?: boolean;
}

interface Finding {
  readonly check: string;
  /** Null: something it builds on is missing, so it was not checked. */
  readonly ok: boolean | null;
  readonly says: string;
}

/** What both classes of workers ask for at once when a stage is busy, and the handlers beside them. */
const BUSY_AT_ONCE = 30;

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check what AWS needs: region, credentials, bootstrap, quotas, the stage, access to models')
    .option('--stage <name>', 'name of the stage', DEFAULT_STAGE)
    .option('--region <region>', 'where (default: as the AWS SDK is configured)')
    .option('--pipeline <file>', 'pipeline file whose models are checked', BUILT_IN_PIPELINE)
    .option('--json', 'print one JSON array of findings')
    .action((options: Options) => doctor(options));
}

async function doctor(options: Options): Promise<void> {
  stackNameOf(options.stage);
  const pinned = loadPipelineFile(options.pipeline);
  const findings: Finding[] = [];
  const check = async <T>(name: string, act: () => Promise<readonly [T, string]>): Promise<T | undefined> => {
    try {
      const [value, says] = await act();
      findings.push({ check: name, ok: true, says });
      return value;
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      findings.push({ check: name, ok: false, says: thrown.message });
      return undefined;
    }
  };
  const connection = await check('region', async () => {
    const made = await connect(options.region);
    return [made, made.endpoint === undefined ? made.region : `${made.region} at ${made.endpoint}`] as const;
  });
  const who =
    connection &&
    (await check('credentials', async () => {
      const found = await identity(connection);
      return [found, `account ${found.account} as ${found.arn}`] as const;
    }));
  if (connection && who) await checkAccount(check, connection, who, options, pinned);
  else
    for (const name of ['bootstrap', 'quotas', 'stage']) findings.push({ check: name, ok: null, says: 'not checked' });
  for (const choice of modelsOf(pinned.pipeline)) {
    await check('models', async () => {
      const access = await modelAccess(choice, who && connection, (name) => process.env[name]);
      return [access, access];
    });
  }
  report(findings, options.json === true);
}

type Check = <T>(name: string, act: () => Promise<readonly [T, string]>) => Promise<T | undefined>;

async function checkAccount(
  check: Check,
  connection: Connection,
  who: Identity,
  { stage }: Options,
  pinned: ReturnType<typeof loadPipelineFile>,
): Promise<void> {
  await check('bootstrap', async () => {
    const version = await bootstrapVersion(connection, who);
    return [version, `version ${version}`];
  });
  await check('quotas', async () => {
    const most = await concurrency(connection);
    return [most, sayQuota(most)];
  });
  await check('stage', async () => {
    const stack = await stackOf(connection, stage);
    checkStructure({ outputs: outputsOf(stack) }, pinned);
    return [stack, `${stage} is ${stack.StackStatus} and runs this pipeline’s structure`];
  });
}

async function concurrency(connection: Connection): Promise<number> {
  const client = new LambdaClient(connection.client);
  const settings = await plainly(connection, () => client.send(new GetAccountSettingsCommand({})));
  return settings.AccountLimit?.ConcurrentExecutions ?? 0;
}

/** @throws UsageError when the account can run next to nothing at a time. */
function sayQuota(most: number): string {
  if (most >= BUSY_AT_ONCE) return `${most} Lambda functions at a time, a busy stage uses up to ${BUSY_AT_ONCE}`;
  throw new UsageError(
    `the account may run ${most} Lambda functions at a time and a busy stage uses up to ${BUSY_AT_ONCE}: runs end well but slowly; raise the quota “Concurrent executions” of Lambda`,
  );
}

function report(findings: readonly Finding[], json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(findings)}\n`);
  else {
    const mark = (ok: boolean | null) => (ok === null ? '·' : ok ? '✓' : '✗');
    for (const { check, ok, says } of findings) process.stdout.write(`${mark(ok)} ${check.padEnd(11)} ${says}\n`);
  }
  const missing = findings.filter(({ ok }) => ok === false).map(({ check }) => check);
  if (missing.length > 0) throw new UsageError(`missing: ${[...new Set(missing)].join(', ')}`);
}
