// ValidateStateMachineDefinition.

import type { Operation } from '../../service.ts';
import { validate } from '../validation/validate.ts';
import { constraint } from './errors.ts';

const MAX_RESULTS = 100;

export function validationOperations(): Record<string, Operation> {
  return {
    ValidateStateMachineDefinition: (input) => {
      const { maxResults = 0 } = input;
      if (maxResults > MAX_RESULTS) {
        throw constraint(maxResults, 'maxResults', `Member must have value less than or equal to ${MAX_RESULTS}`);
      }
      const { diagnostics } = validate(String(input.definition ?? ''), input.type ?? 'STANDARD');
      const wanted = diagnostics.filter((each) => input.severity !== 'ERROR' || each.severity === 'ERROR');
      const most = maxResults === 0 ? MAX_RESULTS : maxResults;
      return {
        result: diagnostics.some((each) => each.severity === 'ERROR') ? 'FAIL' : 'OK',
        diagnostics: wanted.slice(0, most),
        truncated: wanted.length > most,
      };
    },
  };
}
