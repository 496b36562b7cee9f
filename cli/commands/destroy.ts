// `ideamine destroy`: takes a stage away. Its open runs are stopped; tables and buckets stay unless --purge is given.

import { DeleteStackCommand, type Stack, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { paginateListExecutions, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { type Connection, connect } from '../aws/connection.ts';
import { plainly } from '../aws/failures.ts';
import { type Leftovers, leftoversOf, purge } from '../aws/purge.ts';
import { cloudFormation, findStack, outputsOf, stackNameOf } from '../aws/stacks.ts';
import { UsageError } from '../exit.ts';

interface Options {
  readonly stage: string;
  readonly region?: string;
  readonly purge?: boolean;
  readonly sealed?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Deleting a stack of this size takes minutes on AWS. */
const MOST_SECONDS = 1_800;

export function registerDestroy(program: Command): void {
  program
    .command('destroy')
    .description('take a deployed stage away; its tables and buckets stay, unless --purge')
    .requiredOption('--stage <name>', 'name of the stage')
    .option('--region <region>', 'where it was deployed (default: as the AWS SDK is configured)')
    .option('--purge', 'also delete tables and buckets, with every run, ledger and dossier in them')
    .option('--sealed', 'with --purge: also delete what was sealed, overruling its lock')
    .option('--yes', 'do it; without this, only say what would go')
    .option('--json', 'print one JSON object')
    .action((options: Options) => destroy(options));
}

async function destroy(options: Options): Promise<void> {
  const name = stackNameOf(options.stage);
  const connection = await connect(options.region);
  const stack = await findStack(connection, name);
  if (options.sealed && !options.purge) throw new UsageError('--sealed: found it alone, expected it with --purge');
  const before = await plainly(connection, () => leftoversOf(connection, name));
  const data = [...before.tables, ...before.buckets];
  if (stack === undefined && (data.length === 0 || !options.purge)) {
    const left = data.length === 0 ? '' : `; it left ${data.join(', ')}, which --purge deletes`;
    throw new UsageError(`there is no stage ${options.stage} in ${connection.region} (no stack ${name})${left}`);
  }
  if (!options.yes)
    throw new UsageError(`nothing was removed: --yes would delete ${sayWhat(name, stack, data, options)}`);
  const kept = await plainly(connection, () => remove(connection, name, stack, options, before));
  const left = [...(options.purge ? [] : data), ...(options.sealed ? [] : before.sealed)];
  if (options.json) process.stdout.write(`${JSON.stringify({ stage: options.stage, left, failed: kept })}\n`);
  else process.stdout.write(`stage ${options.stage} is gone${left.length > 0 ? `; kept ${left.join(', ')}` : ''}\n`);
  if (kept.length > 0) throw new UsageError(`these are still there: ${kept.join('; ')}`);
}

function sayWhat(name: string, stack: Stack | undefined, data: readonly string[], options: Options): string {
  const sealed = options.sealed ? ['what was sealed'] : [];
  const goes = [...(stack === undefined ? [] : [`the stack ${name}`]), ...(options.purge ? data : []), ...sealed].join(
    ', ',
  );
  return options.purge || data.length === 0 ? goes : `${goes} and keep ${data.join(', ')}`;
}

/** @returns what could not be removed. */
async function remove(
  connection: Connection,
  name: string,
  stack: Stack | undefined,
  options: Options,
  before: Leftovers,
): Promise<string[]> {
  if (stack !== undefined) {
    await stopRuns(connection, outputsOf(stack).RunMachineArn);
    // Buckets that go with their stack have to be empty first.
    if (options.purge) await purge(connection, { ...asked(before, options), tables: [] });
    const client = cloudFormation(connection);
    await client.send(new DeleteStackCommand({ StackName: name }));
    const wait = { client, maxWaitTime: MOST_SECONDS, minDelay: connection.endpoint === undefined ? 5 : 1 };
    await waitUntilStackDeleteComplete(wait, { StackName: stack.StackId });
  }
  // Asked again: until the stack was gone, a run could still write.
  return options.purge ? purge(connection, asked(await leftoversOf(connection, name), options)) : [];
}

const asked = (found: Leftovers, { sealed }: Options): Leftovers => (sealed ? found : { ...found, sealed: [] });

async function stopRuns(connection: Connection, stateMachineArn: string | undefined): Promise<void> {
  if (stateMachineArn === undefined) return;
  const client = new SFNClient(connection.client);
  const open = paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'RUNNING' });
  const executions: string[] = [];
  for await (const page of open) executions.push(...(page.executions ?? []).map((one) => one.executionArn as string));
  for (const executionArn of executions) {
    await client.send(
      new StopExecutionCommand({ executionArn, error: 'IdeaMine.Stopped', cause: 'the stage is taken away' }),
    );
  }
}
