// What was measured of the run: when its phases ran, what they cost, who decided what.

import type { CostSummary } from '../../ledger/costs.ts';
import type { Decision, Measured, Span } from '../model.ts';
import { inDuration, inMoment, inNumber, inUsd } from '../words.ts';
import { html, type Markup } from './markup.ts';

/** Bars over the run's time: phases that overlap are seen to. */
export function renderTimeline({ timeline, startedAt, endedAt }: Measured): Markup {
  if (timeline.length === 0) return html`<p>No phase began.</p>`;
  const from = Math.min(Date.parse(startedAt), ...timeline.map((span) => Date.parse(span.startedAt)));
  const to = Math.max(Date.parse(endedAt), ...timeline.map((span) => Date.parse(span.endedAt)), from + 1);
  const bar = (span: Span): Markup => {
    const left = ((Date.parse(span.startedAt) - from) / (to - from)) * 100;
    const width = Math.max(0.4, (span.durationMs / (to - from)) * 100);
    const style = `left:${Math.min(left, 99.6).toFixed(2)}%;width:${Math.min(width, 100 - Math.min(left, 99.6)).toFixed(2)}%`;
    return html`<tr><th scope="row">${span.title}</th><td class="bars"><span class="track"><span class="bar" style="${style}"></span></span></td><td class="num">${inDuration(span.durationMs)}</td></tr>`;
  };
  return html`<table class="timeline"><tbody>${timeline.map(bar)}</tbody></table>
<p class="note">From ${inMoment(startedAt)} to ${inMoment(endedAt)}, UTC.</p>`;
}

/** @param titleOf how a phase is called, by its id. */
export function renderCosts({ costs, budgetUsdMicros }: Measured, titleOf: (phase: string) => string): Markup {
  const row = (name: string, tasks: number, { tokens, usdMicros, modelCalls }: CostSummary['total']): Markup =>
    html`<tr><td>${name}</td><td class="num">${inNumber(tasks)}</td><td class="num">${inNumber(modelCalls)}</td><td class="num">${inNumber(tokens)}</td><td class="num">${inUsd(usdMicros)}</td></tr>`;
  const tasks = costs.byPhase.reduce((sum, phase) => sum + phase.tasks, 0);
  return html`<div class="scroll"><table><thead><tr><th scope="col">Phase</th><th scope="col" class="num">Tasks</th><th scope="col" class="num">Model calls</th><th scope="col" class="num">Tokens</th><th scope="col" class="num">Cost</th></tr></thead>
<tbody>${costs.byPhase.map((phase) => row(titleOf(phase.phase), phase.tasks, phase))}</tbody><tfoot>${row('Whole run', tasks, costs.total)}</tfoot></table></div>
<p class="note">The budget was ${inUsd(budgetUsdMicros)}.</p>`;
}

export function renderDecisions(decisions: readonly Decision[], titleOf: (phase: string) => string): Markup {
  if (decisions.length === 0) return html`<p>No decision is on the ledger.</p>`;
  const rows = decisions.map(
    ({ seq, at, who, phase, decided, because }) =>
      html`<tr><td class="num">${seq}</td><td class="time">${inMoment(at)}</td><td>${phase === null ? 'Whole run' : titleOf(phase)}</td><td>${decided}</td><td>${because}</td><td>${who}</td></tr>`,
  );
  return html`<div class="scroll"><table><thead><tr><th scope="col" class="num">Entry</th><th scope="col">Time (UTC)</th><th scope="col">Phase</th><th scope="col">Decided</th><th scope="col">Because</th><th scope="col">By</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
