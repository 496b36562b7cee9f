// A judged criterion: the opinion of a judge model that is not the author and cites spans that exist. Without one,
// nobody knows.

import { type Criterion, type Evaluation, type Evidence, unmeasured } from './criterion.ts';
import { citedText } from './evidence/support.ts';

export function judged(id: string, rubric: string): Criterion {
  return {
    id,
    kind: 'judged',
    evidence: `a judge model's opinion against the rubric: ${rubric}`,
    formula: "the judge's score, 0 to 1; it must not be the author, and every span it cites must exist",
    evaluate: (evidence) => opinion(id, evidence),
  };
}

function opinion(id: string, evidence: Evidence): Evaluation {
  const judgement = evidence.judgements?.[id];
  if (judgement === undefined) return unmeasured('there is no judge model');
  const { judge, score, rationale, cites } = judgement;
  if (evidence.authors?.includes(judge)) return unmeasured(`the judge, ${judge}, wrote what it judges`);
  if (!(score >= 0 && score <= 1)) return unmeasured(`the judge gave ${score}, which is no score from 0 to 1`);
  if (cites.length === 0) return unmeasured('the judge cites nothing');
  if (cites.some((cite) => citedText(evidence, cite) === null))
    return unmeasured('the judge cites a span that is not there');
  return { status: 'measured', score, detail: `${judge}: ${rationale}`, findings: [] };
}
