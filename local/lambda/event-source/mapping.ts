// What an event source mapping is, and the one set of rules its configuration is checked by.

import { AwsError } from '../../service.ts';
import type { Outcome } from '../environment.ts';
import type { FunctionConfiguration } from '../functions.ts';

export interface Mapping {
  readonly uuid: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  /** Batches of a queue in flight at once. */
  readonly maximumConcurrency: number;
  readonly reportsItemFailures: boolean;
  /** Event patterns; a record goes through when one matches. Empty: all do. */
  readonly filters: readonly string[];
  // Of streams only:
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  readonly bisects: boolean;
  /** -1: without end. */
  readonly maximumRetries: number;
  /** -1: any age. */
  readonly maximumAgeMs: number;
  readonly onFailure?: string;
}

export interface MappingInput {
  readonly FunctionName?: string;
  readonly EventSourceArn?: string;
  readonly Enabled?: boolean;
  readonly BatchSize?: number;
  readonly MaximumBatchingWindowInSeconds?: number;
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly FunctionResponseTypes?: readonly string[];
  readonly FilterCriteria?: { readonly Filters?: readonly { readonly Pattern?: string }[] };
  readonly StartingPosition?: string;
  readonly BisectBatchOnFunctionError?: boolean;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumRecordAgeInSeconds?: number;
  readonly ParallelizationFactor?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
}

/** Starts an invocation inside a turn; throws AwsError when throttled. */
export type InvokeMapped = (
  configuration: FunctionConfiguration,
  requestId: string,
  payload: string,
) => Promise<Outcome>;

export type SourceKind = 'queue' | 'stream';

export function kindOf(sourceArn: string): SourceKind {
  const service = sourceArn.split(':')[2];
  if (service === 'sqs') return 'queue';
  if (service === 'dynamodb' && sourceArn.includes('/stream/')) return 'stream';
  throw invalid(`Unrecognized event source, must be an SQS queue or a DynamoDB stream here: ${sourceArn}`);
}

/** Batches in flight for a queue without MaximumConcurrency: what Lambda scales up to. */
const MOST_POLLERS = 1000;

export function mappingOf(
  input: MappingInput,
  base: Pick<Mapping, 'uuid' | 'functionName' | 'functionArn' | 'sourceArn'>,
): Mapping {
  const kind = kindOf(base.sourceArn);
  const queue = kind === 'queue';
  const batchSize = whole('BatchSize', input.BatchSize ?? (queue ? 10 : 100), 1, 10_000);
  const window = whole('MaximumBatchingWindowInSeconds', input.MaximumBatchingWindowInSeconds ?? 0, 0, 300);
  if (queue && batchSize > 10 && window === 0) {
    throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
  const concurrency = input.ScalingConfig?.MaximumConcurrency;
  if (!queue && input.StartingPosition !== 'TRIM_HORIZON' && input.StartingPosition !== 'LATEST') {
    throw invalid(`StartingPosition: expected TRIM_HORIZON or LATEST, found ${String(input.StartingPosition)}`);
  }
  const onFailure = input.DestinationConfig?.OnFailure?.Destination;
  const age = input.MaximumRecordAgeInSeconds ?? -1;
  return {
    ...base,
    enabled: input.Enabled ?? true,
    batchSize,
    windowMs: window * 1000,
    maximumConcurrency: concurrency === undefined ? MOST_POLLERS : whole('MaximumConcurrency', concurrency, 2, 1000),
    reportsItemFailures: input.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    filters: (input.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern ?? '{}'),
    ...(queue ? {} : { startingPosition: input.StartingPosition as 'TRIM_HORIZON' | 'LATEST' }),
    bisects: input.BisectBatchOnFunctionError ?? false,
    maximumRetries: input.MaximumRetryAttempts ?? -1,
    maximumAgeMs: age < 0 ? -1 : age * 1000,
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}

export function describeMapping(mapping: Mapping): object {
  return {
    UUID: mapping.uuid,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: mapping.functionArn,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowMs / 1000,
    FunctionResponseTypes: mapping.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency },
    StartingPosition: mapping.startingPosition,
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`${name}: expected ${least} to ${most}, found ${value}`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
