// A figure of an artifact from what a tool gave: the part of its value that the artifact keeps, with who measured it and
// the raw report; or why there is none.

import type { Measured } from '../../core/artifacts/measured.ts';
import type { ToolResult } from '../sdk/context.ts';

export function figureOf<Value, T>(result: ToolResult<Value>, pick: (value: Value) => T): Measured<T> {
  if (result.status === 'unmeasured') return result;
  const { by, value, report } = result;
  return { status: 'measured', value: pick(value), by, report };
}
