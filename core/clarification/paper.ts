// The working paper of a clarification round: what the plan asks of it, and what each agent of the round adds. It is never
// handed on; what comes of it is knowledge.

import type { Answer } from './answer.ts';
import type { Knowledge } from './knowledge.ts';
import type { Question } from './question.ts';
import type { Validation } from './validate.ts';

export interface ClarificationPaper {
  /** The types whose gaps are asked about. */
  readonly makes: readonly string[];
  /** Questions of the phase, at most, over all its rounds. */
  readonly most: number;
  /** From earlier rounds and attempts. */
  readonly known: Knowledge;
  /** Asked before and open still, for an author who may answer otherwise. */
  readonly again?: readonly Question[];
  readonly questions?: readonly Question[];
  readonly answers?: readonly Answer[];
  readonly validations?: readonly Validation[];
}
