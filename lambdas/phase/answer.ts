// An answer to a failed gate, checked. A waiver needs an owner, a justification, a compensating control and an expiry
// within 30 days. A critical vulnerability or a secret can be neither waived nor approved: it is fixed, or rejected. Any other
// vulnerability can be waived and not approved.

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

/** What nobody may let pass: a found secret is an issue of the kind vulnerability too. */
const NEVER = /^vulnerability: (?:critical: |secret \()/;

/** An approval has no terms, so it cannot stand for any vulnerability; a waiver has, and stands for those below critical. */
function checkIssues(decision: 'approve' | 'waive', issues: readonly string[]): void {
  const never = issues.find((issue) => NEVER.test(issue));
  if (never !== undefined) {
    throw new BadInput(
      `${decision}: critical vulnerabilities and secrets are neither approved nor waived; found ${never}, expected reject, or a fix and a resume`,
    );
  }
  const vulnerable = issues.find((issue) => issue.startsWith('vulnerability: '));
  if (decision === 'approve' && vulnerable !== undefined) {
    throw new BadInput(
      `approve: a vulnerability is not approved; found ${vulnerable}, expected waive, which names an owner, a compensating control and an expiry`,
    );
  }
}

function checkWaiver(waiver: Waiver, at: string): void {
  const days = (Date.parse(waiver.expiresAt) - Date.parse(at)) / 86_400_000;
  if (!(days > 0 && days <= MOST_DAYS)) {
    throw new BadInput(`waiver: found an expiry ${Math.ceil(days)} days away, expected 1 to ${MOST_DAYS}`);
  }
}
