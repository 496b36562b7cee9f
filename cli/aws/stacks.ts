// The stack of a stage, as CloudFormation has it.

import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { plainly } from './failures.ts';

export const DEFAULT_STAGE = 'dev';
const STAGE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws UsageError */
export function stackNameOf(stage: string): string {
  if (!STAGE.test(stage) || stage.length > 20) {
    throw new UsageError(`--stage: found '${stage}', expected kebab-case of 20 characters at most`);
  }
  return `ideamine-${stage}`;
}

export function cloudFormation(connection: Connection): CloudFormationClient {
  return new CloudFormationClient(connection.client);
}

/** @returns undefined when there is none of that name. */
export async function findStack(connection: Connection, name: string): Promise<Stack | undefined> {
  return plainly(connection, async () => {
    try {
      const found = await cloudFormation(connection).send(new DescribeStacksCommand({ StackName: name }));
      return found.Stacks?.[0];
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'ValidationError' && /does not exist/.test(thrown.message)) {
        return undefined;
      }
      throw thrown;
    }
  });
}

/** @throws UsageError naming where it looked and how to make one. */
export async function stackOf(connection: Connection, stage: string): Promise<Stack> {
  const name = stackNameOf(stage);
  const stack = await findStack(connection, name);
  if (stack !== undefined) return stack;
  throw new UsageError(
    `there is no stage ${stage} in ${connection.region} (no stack ${name}): check --stage and --region, or make it with \`ideamine deploy --stage ${stage}\``,
  );
}

export function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey as string, OutputValue as string]),
  );
}
