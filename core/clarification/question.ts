// A question about what a phase has made: what is asked, how urgent it is, and which decision hangs on the answer.

import { jaccard, stemsOf } from '../gates/text/words.ts';

/** 1 is asked first: what a guard or a required field waits for; 2: a contradiction or a doubtful word; 3: the rest. */
type Priority = 1 | 2 | 3;

/** The place in an artifact that the answer decides. */
export interface Decision {
  readonly artifact: string;
  /** JSON pointer. */
  readonly pointer: string;
  /** What the place is about: the statement of its record, empty where it has none. Tells a record from its neighbour. */
  readonly about: string;
}

export interface Question {
  /** `Q1`, `Q2`, ... in the phase. */
  readonly id: string;
  readonly text: string;
  readonly priority: Priority;
  readonly decision: Decision;
}

export type OpenQuestion = Omit<Question, 'id'>;

/** Above this Jaccard index of their stems two questions are one (spec §5). */
export const NEAR_DUPLICATE = 0.85;

/**
 * The questions to ask, most urgent first, numbered after `asked`; near duplicates of one another and of `asked` are
 * dropped, and no more than `most` are asked in all.
 */
export function chooseQuestions(
  open: readonly OpenQuestion[],
  most: number,
  asked: readonly Question[] = [],
): Question[] {
  const chosen: Question[] = [];
  const known = asked.map(({ text }) => stemsOf(text));
  for (const question of open.toSorted((a, b) => a.priority - b.priority)) {
    if (asked.length + chosen.length >= most) break;
    const stems = stemsOf(question.text);
    if (known.some((other) => jaccard(stems, other) > NEAR_DUPLICATE)) continue;
    known.push(stems);
    chosen.push({ id: `Q${asked.length + chosen.length + 1}`, ...question });
  }
  return chosen;
}
