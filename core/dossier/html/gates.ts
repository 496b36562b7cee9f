// The gates of all phases: a table of verdicts, then each report with its criteria, guards, issues and notes.

import type { CriterionReport, GateReport, GuardReport, Issue } from '../../gates/report.ts';
import type { WholePhase } from '../whole.ts';
import { asTitle, inPercent } from '../words.ts';
import { html, type Markup } from './markup.ts';

const TONE: Readonly<Record<WholePhase['verdict'], string>> = {
  passed: 'good',
  approved: 'good',
  waived: 'warn',
  advised: 'warn',
  failed: 'bad',
  unfinished: 'bad',
  'not reached': 'bad',
};

const verdictTag = (verdict: WholePhase['verdict']): Markup =>
  html`<span class="tag ${TONE[verdict]}">${verdict}</span>`;

const scoreText = (score: number | null): string => (score === null ? '–' : inPercent(score));

export function renderGates(phases: readonly WholePhase[]): Markup {
  const rows = phases.map(
    (phase) => html`<tr><td>${phase.report ? html`<a href="#gate-${phase.id}">${phase.title}</a>` : phase.title}</td>
<td>${verdictTag(phase.verdict)}</td><td class="num">${scoreText(phase.score)}</td><td class="num">${inPercent(phase.minimum)}</td>
<td class="num">${phase.report ? inPercent(phase.report.certainty) : '–'}</td><td class="num">${phase.attempts}</td></tr>`,
  );
  return html`<div class="scroll"><table><thead><tr><th scope="col">Phase</th><th scope="col">Verdict</th><th scope="col" class="num">Score</th><th scope="col" class="num">At least</th><th scope="col" class="num">Certainty</th><th scope="col" class="num">Attempts</th></tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">The score is the weighted mean of the criteria below. Certainty is the share of the evidence asked for that was there. A broken guard fails a gate whatever its score.</p>
${phases.map((phase) => phase.report && renderGate(phase, phase.report))}`;
}

function renderGate(phase: WholePhase, report: GateReport): Markup {
  return html`<section class="gate" id="gate-${phase.id}"><h3>${phase.title} ${verdictTag(phase.verdict)}</h3>
${phase.reason !== '' && report.verdict === 'failed' && phase.verdict !== 'advised' ? html`<p>${phase.reason}</p>` : null}
${phase.waiver ? renderWaiver(phase.waiver) : null}
<div class="scroll"><table><thead><tr><th scope="col">Criterion</th><th scope="col">Kind</th><th scope="col" class="num">Weight</th><th scope="col" class="num">Score</th><th scope="col">Evidence</th></tr></thead><tbody>${report.criteria.map(renderCriterion)}</tbody></table></div>
${report.guards.length > 0 ? html`<ul class="guards">${report.guards.map(renderGuard)}</ul>` : null}
${report.issues.length > 0 ? renderIssues(report.issues) : null}
${report.notes.map((note) => html`<p class="note">${note}.</p>`)}</section>`;
}

function renderCriterion({ id, kind, weight, counted, status, score, detail, formula }: CriterionReport): Markup {
  const shown = counted === weight ? inPercent(weight) : html`<s>${inPercent(weight)}</s> ${inPercent(counted)}`;
  const result =
    status === 'measured'
      ? scoreText(score)
      : html`<span class="tag warn">${status === 'inapplicable' ? 'not applicable' : status}</span>`;
  return html`<tr><td title="${formula}">${asTitle(id)}</td><td>${kind}</td><td class="num">${shown}</td><td class="num">${result}</td><td>${detail}</td></tr>`;
}

const GUARD_MARKS: Readonly<Record<GuardReport['status'], Markup>> = {
  held: html`<span class="tag good">held</span>`,
  broken: html`<span class="tag bad">broken</span>`,
  unmeasured: html`<span class="tag warn">unmeasured</span>`,
};

function renderGuard({ id, status, detail, required }: GuardReport): Markup {
  return html`<li>${GUARD_MARKS[status]} <strong>${asTitle(id)}</strong>${required === true ? '' : ' (when available)'}: ${detail}</li>`;
}

function renderIssues(issues: readonly Issue[]): Markup {
  const head = `${issues.length} ${issues.length === 1 ? 'issue' : 'issues'}`;
  const items = issues.map(({ text, fix }) => html`<li>${text} <span class="cite">${asTitle(fix)}</span></li>`);
  return html`<details${issues.length <= 8 ? html` open` : null}><summary>${head}</summary><ul>${items}</ul></details>`;
}

function renderWaiver(waiver: { readonly [field: string]: string }): Markup {
  return html`<dl class="card">${Object.entries(waiver).map(([name, value]) => html`<div><dt>${asTitle(name)}</dt><dd>${value}</dd></div>`)}</dl>`;
}
