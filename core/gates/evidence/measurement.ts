// Reads a figure that only a tool can give out of an artifact.

import type { Measured } from '../../artifacts/measured.ts';
import { type Evaluation, type Evidence, type Unmeasured, unmeasured } from '../criterion.ts';
import { contentOf } from './look.ts';

/** The measured value at `Artifact.field`, or why there is none. Anything that is not tagged as measured is not. */
export function measurement<Value>(
  evidence: Evidence,
  type: string,
  field: string,
): { readonly value: Value } | Unmeasured {
  const content = contentOf<Record<string, unknown>>(evidence, type);
  if (content === undefined) return unmeasured(`there is no ${type}`);
  return readMeasured<Value>(content[field] as Measured<Value> | undefined, `${type}.${field}`);
}

function readMeasured<Value>(
  figure: Measured<Value> | undefined,
  name: string,
): { readonly value: Value } | Unmeasured {
  if (figure?.status === 'measured') return { value: figure.value };
  return unmeasured(figure?.status === 'unmeasured' ? `${name}: ${figure.reason}` : `${name} is not there`);
}

/** As the figure says, or unmeasured for its reason. */
export function fromMeasurement<Value>(
  evidence: Evidence,
  type: string,
  field: string,
  evaluate: (value: Value) => Evaluation,
): Evaluation {
  const figure = measurement<Value>(evidence, type, field);
  return 'value' in figure ? evaluate(figure.value) : figure;
}
