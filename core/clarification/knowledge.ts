// What a phase knows after it asked itself: accepted pairs are bindings, each becomes a knowledge frame; what stays
// unanswered becomes an assumption with an owner and a mitigation; frames that contradict each other are conflicts.

import type { Cite } from '../artifacts/claim.ts';
import { isUnknown } from '../artifacts/claim.ts';
import { compareStatements } from '../gates/text/contradictions.ts';
import type { Answer } from './answer.ts';
import type { Decision, Question } from './question.ts';
import type { Validation } from './validate.ts';

/** A question and the answer that was accepted for it. */
export interface Binding {
  /** `<phase>.<question id>`. */
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly confidence: number;
  readonly validation: Omit<Validation, 'question' | 'accepted' | 'reasons'>;
}

export interface Frame {
  /** `K.<binding id>`. */
  readonly id: string;
  readonly binding: string;
  readonly decision: Decision;
  readonly statement: string;
  readonly cites: readonly Cite[];
}

export interface OpenAssumption {
  /** `U.<phase>.<question id>`. */
  readonly id: string;
  readonly question: string;
  readonly decision: Decision;
  readonly owner: string;
  readonly mitigation: string;
  /** Why nobody could answer. */
  readonly because: string;
}

/** Two frames that cannot both hold; neither is used. */
interface Conflict {
  readonly frames: readonly [string, string];
  readonly why: string;
}

export interface Knowledge {
  readonly questions: readonly Question[];
  readonly bindings: readonly Binding[];
  readonly frames: readonly Frame[];
  readonly assumptions: readonly OpenAssumption[];
  readonly conflicts: readonly Conflict[];
}

export const noKnowledge: Knowledge = { questions: [], bindings: [], frames: [], assumptions: [], conflicts: [] };

export interface Asked {
  readonly questions: readonly Question[];
  readonly answers: readonly Answer[];
  readonly validations: readonly Validation[];
}

/** One clarification round's outcome. A question without an answer or a validation counts as unanswered. */
export function settle(phase: string, asked: Asked): Knowledge {
  const bindings: Binding[] = [];
  const frames: Frame[] = [];
  const assumptions: OpenAssumption[] = [];
  for (const question of asked.questions) {
    const answer = asked.answers.find((one) => one.question === question.id);
    const validation = asked.validations.find((one) => one.question === question.id);
    if (answer === undefined || validation?.accepted !== true || isUnknown(answer.claim)) {
      assumptions.push(assumptionOf(phase, question, whyOpen(answer, validation)));
      continue;
    }
    const { question: _question, accepted: _accepted, reasons: _reasons, ...scores } = validation;
    const id = `${phase}.${question.id}`;
    const { text: statement, cites } = answer.claim;
    bindings.push({
      id,
      question: question.text,
      answer: statement,
      confidence: answer.confidence,
      validation: scores,
    });
    frames.push({ id: `K.${id}`, binding: id, decision: question.decision, statement, cites });
  }
  return { questions: asked.questions, bindings, frames, assumptions, conflicts: [] };
}

/** What was known and what is new; a question answered now is no longer assumed. */
export function learn(before: Knowledge, now: Knowledge): Knowledge {
  const frames = [...before.frames, ...now.frames];
  const answered = new Set(frames.map(({ decision }) => placeOf(decision)));
  const open = new Map(
    [...before.assumptions, ...now.assumptions]
      .filter(({ decision }) => !answered.has(placeOf(decision)))
      .map((assumption) => [assumption.id, assumption]),
  );
  return {
    questions: [...new Map([...before.questions, ...now.questions].map((one) => [one.id, one])).values()],
    bindings: [...before.bindings, ...now.bindings],
    frames,
    assumptions: [...open.values()],
    conflicts: conflictsOf(frames),
  };
}

/** Questions that were asked and stay open. */
export function stillOpen({ questions, assumptions }: Knowledge): Question[] {
  const open = new Set(assumptions.map(({ id }) => id.slice(id.lastIndexOf('.') + 1)));
  return questions.filter(({ id }) => open.has(id));
}

/** Frames that no other frame contradicts. */
export function usable({ frames, conflicts }: Pick<Knowledge, 'frames' | 'conflicts'>): Frame[] {
  const disputed = new Set(conflicts.flatMap(({ frames }) => frames));
  return frames.filter(({ id }) => !disputed.has(id));
}

function conflictsOf(frames: readonly Frame[]): Conflict[] {
  return frames.flatMap((first, index) =>
    frames.slice(index + 1).flatMap((second): Conflict[] => {
      const pair = [first, second].map(({ id, statement }) => ({ text: statement, where: id }));
      const [found] = compareStatements(pair).contradictions;
      return found === undefined ? [] : [{ frames: [first.id, second.id], why: `${found.about}: ${found.why}` }];
    }),
  );
}

const placeOf = ({ artifact, pointer, about }: Decision): string => `${artifact} ${pointer} ${about}`;

function whyOpen(answer: Answer | undefined, validation: Validation | undefined): string {
  if (answer === undefined) return 'nobody answered';
  if (isUnknown(answer.claim)) return `nothing in the sources supports an answer (confidence ${answer.confidence})`;
  return validation === undefined ? 'the answer was not validated' : validation.reasons.join('; ');
}

/** Who answers for what stays open, by the artifact it is open in. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/^(BusinessPlan|PricingModel|GTMStrategy|CompetitiveAnalysis|BetaMetrics)$/, 'business'],
  [
    /^(IdeaSpec|ConstraintsList|IdeationResult|PRD|UserStories|RTM|CritiqueReport|RiskRegister|RevisedAssumptions)$/,
    'product',
  ],
  [/^(SecurityPack|SBOM|VulnerabilityScan|SecretsScanReport)$/, 'security'],
  [/^(DesignSystem|StyleGuide|VisualAssets)$/, 'design'],
];

function assumptionOf(phase: string, { id, text, decision }: Question, because: string): OpenAssumption {
  const owner = OWNERS.find(([artifacts]) => artifacts.test(decision.artifact))?.[1] ?? 'engineering';
  return {
    id: `U.${phase}.${id}`,
    question: text,
    decision,
    owner,
    mitigation: `${decision.artifact}${decision.pointer} stays UNKNOWN and nothing may rest on it until ${owner} answers: state it in the idea and run the phase again`,
    because,
  };
}
