// An answer to a failed gate, checked. A waiver needs an owner, a justification, a compensating control and an expiry
// within 30 days. Where the gate found a vulnerability or a secret it can be neither waived nor approved: it is fixed, or
// rejected.

import { z } from 'zod';
import { BadInput } from '../../core/errors.ts';
import type { Waiver } from '../../store/phases.ts';

const MOST_DAYS = 30;

const by = z.string().min(1).max(200);
const text = z.string().min(1).max(4000);

/** Who answered: a command that asks nobody says that it is a program. */
const kind = z.enum(['person', 'program']).default('person');

const schema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), by, kind, reason: text.optional() }),
  z.strictObject({ decision: z.literal('reject'), by, kind, reason: text.optional() }),
  z.strictObject({
    decision: z.literal('waive'),
    by,
    kind,
    waiver: z.strictObject({
      owner: by,
      justification: text,
      compensatingControl: text,
      expiresAt: z.iso.datetime({ offset: true }),
    }),
  }),
]);

interface Answerer {
  readonly by: string;
  readonly kind: 'person' | 'program';
}

export type Answer = Answerer &
  (
    | { readonly decision: 'approve' | 'reject'; readonly reason?: string | undefined }
    | { readonly decision: 'waive'; readonly waiver: Waiver }
  );

/** @param issues of the gate, by kind and text. @throws BadInput saying what is wrong with the answer. */
export function checkAnswer(value: unknown, issues: readonly string[], at: string): Answer {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BadInput(`not an answer to a gate: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.decision !== 'reject') checkIssues(parsed.data.decision, issues);
  if (parsed.data.decision === 'waive') checkWaiver(parsed.data.waiver, at);
  return parsed.data;
}

/** A found secret is an issue of the kind vulnerability too. */
function checkIssues(decision: 'approve' | 'waive', issues: readonly string[]): void {
  const never = issues.find((issue) => issue.startsWith('vulnerability: '));
  if (never === undefined) return;
  throw new BadInput(
    `${decision}: vulnerabilities and secrets are neither approved nor waived; found ${never}, expected reject, or a fix and a resume`,
  );
}

function checkWaiver(waiver: Waiver, at: string): void {
  const days = (Date.parse(waiver.expiresAt) - Date.parse(at)) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw new BadInput(`waiver: found an expiry ${Math.ceil(days)} days away, expected 1 to ${MOST_DAYS}`);
  }
}
