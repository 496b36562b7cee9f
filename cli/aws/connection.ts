// How the command reaches AWS, or an endpoint that stands for it: one region, one set of credentials, one place to ask.

import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../exit.ts';

export interface Connection {
  readonly region: string;
  /** Set by AWS_ENDPOINT_URL; undefined means AWS itself. */
  readonly endpoint: string | undefined;
  /** What every SDK client of the command is made with. */
  readonly client: {
    readonly region: string;
    readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$/;
/** Nothing that answers at all takes longer to accept a connection, ms. */
const CONNECTION_MS = 5_000;
const REQUEST_MS = 60_000;

/** @throws UsageError when no region is named anywhere, or it cannot be one. */
export async function connect(region: string | undefined): Promise<Connection> {
  const found = region ?? (await configuredRegion());
  if (!REGION.test(found)) throw new UsageError(`--region: found '${found}', expected a region such as eu-central-1`);
  return {
    region: found,
    endpoint: process.env.AWS_ENDPOINT_URL,
    client: { region: found, requestHandler: { connectionTimeout: CONNECTION_MS, requestTimeout: REQUEST_MS } },
  };
}

/** What the SDK itself would take: AWS_REGION, or the profile's. */
async function configuredRegion(): Promise<string> {
  if (process.env.AWS_DEFAULT_REGION && !process.env.AWS_REGION) return process.env.AWS_DEFAULT_REGION;
  try {
    return await new CloudFormationClient({}).config.region();
  } catch {
    throw new UsageError('no AWS region is set: give --region, or set AWS_REGION or a region in the profile');
  }
}
