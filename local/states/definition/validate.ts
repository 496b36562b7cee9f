// What CreateStateMachine asks of a definition.

import { AwsError } from '../../service.ts';
import { isObject, type JsonObject } from '../json.ts';
import { compile } from './compile.ts';

export interface CheckedDefinition {
  readonly definition: JsonObject;
  /** Variables each state refers to, by state. */
  readonly variableReferences: Record<string, string[]>;
}

/** @throws InvalidDefinition */
export function checkDefinition(text: unknown, _type: string): CheckedDefinition {
  let definition: unknown;
  try {
    definition = JSON.parse(String(text));
  } catch (cause) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${(cause as Error).message}`);
  }
  if (!isObject(definition) || !isObject(definition.States) || typeof definition.StartAt !== 'string') {
    throw invalid('SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /');
  }
  compile(definition);
  return { definition, variableReferences: {} };
}

export function invalid(detail: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${detail}'`);
}
