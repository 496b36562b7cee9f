// What has to be there before a stage can be: credentials that AWS knows, and an account and region prepared for the CDK.

import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UsageError } from '../exit.ts';
import type { Connection } from './connection.ts';
import { plainly } from './failures.ts';
import { findStack, outputsOf } from './stacks.ts';

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** @throws UsageError when there are no credentials, or AWS does not accept them. */
export async function identity(connection: Connection): Promise<Identity> {
  const client = new STSClient(connection.client);
  const { Account, Arn } = await plainly(connection, () => client.send(new GetCallerIdentityCommand({})));
  return { account: Account as string, arn: Arn as string };
}

/** The oldest bootstrap the CDK's default synthesizer deploys with. */
const LEAST_BOOTSTRAP = 6;

/** @returns the version of the bootstrap. @throws UsageError when there is none, or one too old. */
export async function bootstrapVersion(connection: Connection, { account }: Identity): Promise<number> {
  const stack = await findStack(connection, 'CDKToolkit');
  const where = `aws://${account}/${connection.region}`;
  if (stack === undefined) {
    throw new UsageError(`the account is not bootstrapped in ${connection.region}: run \`npx cdk bootstrap ${where}\``);
  }
  const version = Number(outputsOf(stack).BootstrapVersion);
  if (!(version >= LEAST_BOOTSTRAP)) {
    throw new UsageError(
      `the bootstrap of ${connection.region} has version ${version}, expected ${LEAST_BOOTSTRAP} or later: run \`npx cdk bootstrap ${where}\``,
    );
  }
  return version;
}
