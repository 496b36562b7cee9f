// The body of a message from the queue, checked: it comes from the task machine of some version of this code.

import { z } from 'zod';
import { IdeaMineError } from '../../core/errors.ts';
import { CONTRACT_VERSION } from '../../core/scheduling/idempotency-key.ts';
import type { WorkMessage } from '../messages.ts';

const schema = z.object({
  contract: z.number(),
  token: z.string().min(1),
  runId: z.string().min(1),
  phase: z.string().min(1),
  attempt: z.int().min(1),
  round: z.int().min(1),
  wave: z.int().min(1),
  task: z.string().min(1),
  try: z.int().min(1),
  continuation: z.int().min(0).optional(),
});

/**
 * @throws IdeaMineError `IdeaMine.UnknownContract`, retryable: a worker of the right version may take it next time, and
 * the dead-letter queue tells the execution if none does; `IdeaMine.BadMessage` for anything else that is wrong.
 */
export function parseWork(body: string): WorkMessage {
  const value = parseJson(body);
  const contract = typeof value === 'object' && value !== null ? (value as { contract?: unknown }).contract : undefined;
  if (typeof contract === 'number' && contract !== CONTRACT_VERSION) {
    throw new IdeaMineError(
      'IdeaMine.UnknownContract',
      `the message is of contract version ${contract}, this worker speaks version ${CONTRACT_VERSION}`,
      { retryable: true },
    );
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    // Paths and codes only: the values hold a task token.
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'message'}: ${issue.code}`);
    throw new IdeaMineError('IdeaMine.BadMessage', `not a task's message: ${problems.join(', ')}`);
  }
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new IdeaMineError('IdeaMine.BadMessage', 'the message is not JSON');
  }
}
