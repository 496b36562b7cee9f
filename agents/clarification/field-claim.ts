// The claim that stands at a place of an artifact, as its schema describes it: an answer is asked for in the words of the
// field it decides.

import type { z } from 'zod';
import { isArtifactType } from '../../core/artifacts/artifact-type.ts';
import { type Claim, claim, GROUNDS_MARK, type Grounds } from '../../core/artifacts/claim.ts';
import { artifactSchema } from '../../core/artifacts/registry.ts';
import type { Question } from '../../core/clarification/question.ts';

/** Records' neighbours must share this many words with what is asked about. */
const SHARED = 2;

export function answerClaim({ text, decision }: Question): z.ZodType<Claim> {
  const field = isArtifactType(decision.artifact)
    ? schemaAt(artifactSchema(decision.artifact), decision.pointer)
    : undefined;
  const meta = field?.meta() ?? {};
  const grounds = (meta[GROUNDS_MARK] ?? {}) as Grounds;
  const about = decision.about === '' ? {} : { about: decision.about, shared: SHARED };
  return claim(`${meta.description ?? 'answer'}: ${text}`, { ...grounds, ...about });
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
}

function schemaAt(schema: z.ZodType, pointer: string): z.ZodType | undefined {
  let node: z.ZodType | undefined = schema;
  for (const step of pointer.split('/').slice(1)) {
    const definition = node?.def as unknown as Definition | undefined;
    if (definition?.type === 'object') node = definition.shape?.[step];
    else if (definition?.type === 'array') node = definition.element;
    else return undefined;
  }
  return node;
}
