// What the handlers make of errors: passing faults of AWS and the network are retried, the rest keeps its class.

import { describe, expect, it } from '@jest/globals';
import { BadInput } from '../../core/errors.ts';
import { asIdeaMineError } from '../../lambdas/faults.ts';

const error = (name: string, more: object = {}) => Object.assign(new Error('it went wrong'), { name, ...more });

describe('asIdeaMineError', () => {
  it.each([
    error('TimeoutError'),
    error('ThrottlingException', { $fault: 'client' }),
    error('InternalServerError', { $fault: 'server' }),
    error('TransactionCanceledException', { $fault: 'client' }),
    error('Error', { code: 'ECONNRESET' }),
  ])('%s passes', (thrown) => {
    expect(asIdeaMineError(thrown)).toMatchObject({ code: 'IdeaMine.Transient', retryable: true, cause: thrown });
  });

  it.each([
    [new BadInput('no'), 'IdeaMine.BadInput'],
    [error('AccessDeniedException', { $fault: 'client' }), 'IdeaMine.Unknown'],
    [error('ValidationException', { $fault: 'client' }), 'IdeaMine.Unknown'],
    [new TypeError('x is not a function'), 'IdeaMine.Unknown'],
    ['text', 'IdeaMine.Unknown'],
  ])('%s keeps its class', (thrown, code) => {
    expect(asIdeaMineError(thrown).code).toBe(code);
  });
});
