// What a rule is: a check of one thing that must hold between the parts of a pipeline. One file each in
// core/pipeline/rules/, the file named by the rule's id.

import type { Draft } from './draft.ts';
import type { Known } from './known.ts';
import type { Path } from './located.ts';

export interface Finding {
  readonly at: Path;
  readonly found: string;
  readonly expected: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

export interface Rule {
  readonly id: string;
  check(draft: Draft, known: Known): Finding[];
}
