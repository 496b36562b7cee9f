// The logging configuration of a machine: what CreateStateMachine accepts.

import { AwsError } from '../../service.ts';

interface Logging {
  readonly level?: string;
  readonly includeExecutionData?: boolean;
  readonly destinations?: readonly object[];
}

/** @throws InvalidLoggingConfiguration */
export function checkLogging(input: unknown): object | undefined {
  if (input === undefined || input === null) return undefined;
  const { level = 'OFF', includeExecutionData = false, destinations: given } = input as Logging;
  const destinations = given ?? [];
  const off = level === 'OFF' && destinations.length === 0;
  if (!off && destinations.length !== 1 && (level !== 'OFF' || destinations.length > 1)) {
    throw new AwsError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  }
  return given !== undefined ? { level, includeExecutionData, destinations } : { level, includeExecutionData };
}
