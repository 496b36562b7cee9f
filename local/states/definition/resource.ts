// Reads the Resource of a Task state.

import type { Resource } from './program.ts';

const LAMBDA = /^arn:aws[a-z-]*:lambda:[^:]*:[^:]*:function:.+$/;
const ACTIVITY = /^arn:aws[a-z-]*:states:[^:]+:[^:]+:activity:.+$/;
const SERVICE =
  /^arn:aws[a-z-]*:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):([A-Za-z]+)(?:\.(sync:2|sync|waitForTaskToken))?$/;

/** undefined when the text is no resource of a Task state. */
export function parseResource(arn: string): Resource | undefined {
  if (LAMBDA.test(arn)) {
    return {
      arn,
      kind: 'lambda',
      service: 'lambda',
      action: 'invoke',
      operation: 'invoke',
      pattern: 'requestResponse',
    };
  }
  if (ACTIVITY.test(arn)) {
    return { arn, kind: 'activity', service: 'activity', action: '', operation: '', pattern: 'waitForTaskToken' };
  }
  const found = SERVICE.exec(arn);
  if (!found) return undefined;
  const [, service, operation, suffix] = found as unknown as [string, string, string, string | undefined];
  return {
    arn,
    kind: 'service',
    service,
    operation,
    action: suffix === undefined ? operation : `${operation}.${suffix}`,
    pattern: (suffix as Resource['pattern'] | undefined) ?? 'requestResponse',
  };
}
