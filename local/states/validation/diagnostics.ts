// Diagnostics of definitions, in the shape ValidateStateMachineDefinition answers.

export type Code =
  | 'SCHEMA_VALIDATION_FAILED'
  | 'INVALID_JSON_DESCRIPTION'
  | 'MISSING_TRANSITION_TARGET'
  | 'DUPLICATE_STATE_NAME'
  | 'NO_TERMINAL_STATE';

export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location: string;
}

/** Collects what is wrong; locations are paths into the definition, `/States/Name/Field`. */
export class Findings {
  readonly list: Diagnostic[] = [];

  error(location: string, message: string, code: Code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.list.push({ severity: 'ERROR', code, message, location });
  }
}
