// The dossier as one HTML file that needs nothing beside it: no script, no font, no image from elsewhere.

import { isRecord } from '../../gates/evidence/look.ts';
import { canonicalHash } from '../bytes.ts';
import type { Dossier, DossierArtifact, Section, Slot, Standing } from '../model.ts';
import { inSchemaOrder } from '../schema-order.ts';
import { type Whole, wholeOf } from '../whole.ts';
import { asTitle, inDuration, inPercent, inTime, inUsd } from '../words.ts';
import { renderGates } from './gates.ts';
import { html, type Markup } from './markup.ts';
import { renderOpenApi } from './openapi.ts';
import { renderCosts, renderDecisions, renderTimeline } from './record.ts';
import { styles } from './styles.ts';
import { renderValue } from './value.ts';

export function renderHtml(dossier: Dossier): string {
  const canonical = wholeOf(dossier);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="IdeaMine"><title>${canonical.title} ${canonical.version}: release dossier</title>
<style>${{ markup: styles }}</style></head>
<body><div class="layout">${renderContents(canonical)}<main>
${renderCover(dossier)}
${renderMissing(canonical)}
${canonical.sections.map((section) => renderSection(section, canonical.artifacts))}
<section id="gates"><h2>Gates</h2>${renderGates(canonical.phases)}</section>
${renderBackground(canonical)}
${renderRecord(dossier)}
</main></div></body></html>
`;
  return page.markup;
}

function renderContents({ sections, artifacts }: Whole): Markup {
  const slotLinks = (section: Section): Markup[] =>
    section.slots.map(({ id }) => html`<li><a href="#slot-${id}">${asTitle(id)}</a></li>`);
  return html`<nav aria-label="Contents"><h2>Contents</h2><ol>
<li><a href="#summary">Summary</a></li>
<li><a href="#missing">Completeness</a></li>
${sections.map((section) => html`<li><a href="#section-${section.id}">${asTitle(section.id)}</a><ol>${slotLinks(section)}</ol></li>`)}
<li><a href="#gates">Gates</a></li>
${artifacts.length > 0 ? html`<li><a href="#background">Background</a></li>` : null}
<li><a href="#timeline">Timeline</a></li><li><a href="#costs">Costs</a></li><li><a href="#decisions">Decisions</a></li><li><a href="#idea">The idea</a></li><li><a href="#provenance">Provenance</a></li></ol></nav>`;
}

const STANDING: Readonly<Record<Standing, { readonly tone: string; readonly says: string }>> = {
  released: { tone: 'good', says: 'Every phase was handed on and every gate passed.' },
  advised: {
    tone: 'warn',
    says: 'Every phase was handed on, but not every gate passed. What did not is named under Gates.',
  },
  partial: { tone: 'bad', says: 'The run ended before its last phase was handed on. What is missing is named below.' },
};

function renderCover({ canonical, measured }: Dossier): Markup {
  const { completeness, phases } = canonical;
  const passed = phases.filter(({ verdict }) => verdict === 'passed').length;
  const { tone, says } = STANDING[canonical.standing];
  const description = descriptionOf(canonical.artifacts);
  return html`<header class="cover" id="summary"><p class="kicker">Release dossier</p>
<h1>${canonical.title}</h1>
<p><span class="tag ${tone}">${canonical.standing}</span> Version ${canonical.version}, ${inTime(measured.endedAt)}</p>
${description === null ? null : html`<p class="lead">${description}</p>`}
<div class="notice ${tone}"><p>${says}${canonical.standing === 'partial' && measured.cause !== '' ? ` ${asSentence(measured.cause)}` : ''}</p></div>
<dl class="facts"><div><dt>Complete</dt><dd>${completeness.filled} of ${completeness.slots}</dd></div>
<div><dt>Gates passed</dt><dd>${passed} of ${phases.length}</dd></div>
<div><dt>Duration</dt><dd>${inDuration(measured.durationMs)}</dd></div>
<div><dt>Cost</dt><dd>${inUsd(measured.costs.total.usdMicros)}</dd></div></dl></header>`;
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function descriptionOf(artifacts: readonly DossierArtifact[]): string | null {
  const spec = artifacts.find(({ type }) => type === 'IdeaSpec')?.content;
  const text = isRecord(spec) && isRecord(spec.description) ? spec.description.text : undefined;
  return typeof text === 'string' && text !== 'UNKNOWN' ? text : null;
}

function renderMissing({ completeness, sections }: Whole): Markup {
  const { filled, slots } = completeness;
  const share = slots === 0 ? 1 : filled / slots;
  const rows = sections.flatMap((section) => section.slots).filter(({ state }) => state !== 'filled');
  const table = html`<div class="scroll"><table><thead><tr><th scope="col">Slot</th><th scope="col">State</th><th scope="col">What is missing</th></tr></thead><tbody>${rows.map(
    (slot) =>
      html`<tr><td><a href="#slot-${slot.id}">${asTitle(slot.id)}</a></td><td>${stateTag(slot)}</td><td>${slot.reason}</td></tr>`,
  )}</tbody></table></div>`;
  return html`<section id="missing"><h2>Completeness</h2><p>${filled} of ${slots} slots are filled, ${inPercent(share)}.</p>
<div class="meter" role="img" aria-label="${inPercent(share)} complete"><span style="width:${(share * 100).toFixed(1)}%"></span></div>
${rows.length === 0 ? html`<p>Nothing is missing.</p>` : table}</section>`;
}

const STATE_TONE: Readonly<Record<Slot['state'], string>> = { filled: 'good', unmeasured: 'warn', missing: 'bad' };

const stateTag = ({ state }: Slot): Markup => html`<span class="tag ${STATE_TONE[state]}">${state}</span>`;

function renderSection(section: Section, artifacts: readonly DossierArtifact[]): Markup {
  return html`<section id="section-${section.id}"><h2>${asTitle(section.id)}</h2>${section.slots.map((slot) =>
    renderSlot(
      slot,
      artifacts.find(({ type }) => type === slot.artifact),
    ),
  )}</section>`;
}

function renderSlot(slot: Slot, artifact: DossierArtifact | undefined): Markup {
  const reason = slot.reason === '' ? null : html`<p class="reason">${asSentence(slot.reason)}</p>`;
  return html`<section id="slot-${slot.id}"><h3>${asTitle(slot.id)} ${slot.state === 'filled' ? null : stateTag(slot)}</h3>
${artifact === undefined ? reason : renderArtifact(artifact)}</section>`;
}

function renderArtifact(artifact: DossierArtifact): Markup {
  const { type, phase, agents, provider, model, content } = artifact;
  const by = provider === null ? 'derived, no model' : `model ${[provider, model].filter(Boolean).join('/')}`;
  const body = type === 'OpenAPI' ? renderOpenApi(content) : renderValue(inSchemaOrder(type, content));
  return html`<p class="origin">${type}, made in ${phase} by ${agents.join(', ')}; ${by}</p>${body}`;
}

/** Artifacts that fill no slot, by type; folded on a screen, open in print. */
function renderBackground({ sections, artifacts }: Whole): Markup | null {
  const inSlots = new Set(sections.flatMap(({ slots }) => slots.map(({ artifact }) => artifact)));
  const others = artifacts.filter(({ type }) => !inSlots.has(type));
  if (others.length === 0) return null;
  return html`<section id="background"><h2>Background</h2><p>What the phases made on the way and the slots above rest on.</p>${others.map(
    (artifact) => html`<details><summary>${asTitle(artifact.type)}</summary>${renderArtifact(artifact)}</details>`,
  )}</section>`;
}

function renderRecord(dossier: Dossier): Markup {
  const { canonical, measured } = dossier;
  const titleOf = (phase: string): string => canonical.phases.find(({ id }) => id === phase)?.title ?? phase;
  const rows = canonical.artifacts.map(
    ({ type, phase, sha256 }) => html`<tr><td>${type}</td><td>${phase}</td><td><code>${sha256}</code></td></tr>`,
  );
  return html`<section id="timeline"><h2>Timeline</h2>${renderTimeline(measured)}</section>
<section id="costs"><h2>Costs</h2>${renderCosts(measured, titleOf)}</section>
<section id="decisions"><h2>Decisions</h2>${renderDecisions(measured.decisions, titleOf)}</section>
<section id="idea"><h2>The idea</h2><div class="idea">${canonical.idea.text}</div></section>
<section id="provenance"><h2>Provenance</h2><dl>
<div><dt>Run</dt><dd><code>${measured.runId}</code></dd></div>
<div><dt>Pipeline</dt><dd>${canonical.pipeline.title} (${canonical.pipeline.name} ${canonical.pipeline.version}) <code>${canonical.pipeline.hash}</code></dd></div>
<div><dt>Idea</dt><dd><code>${canonical.idea.sha256}</code></dd></div>
<div><dt>Canonical content</dt><dd><code>${canonicalHash(dossier)}</code></dd></div>
<div><dt>Ledger</dt><dd>${measured.ledger.entries} entries, head <code>${measured.ledger.head}</code></dd></div>
<div><dt>Signed</dt><dd>${measured.signature === null ? 'no: the stage has no signing key' : html`by key <code>${measured.signature.fingerprint}</code>`}</dd></div></dl>
<div class="scroll"><table><thead><tr><th scope="col">Artifact</th><th scope="col">Phase</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table></div></section>
<footer>Hashes are SHA-256. The dossier's JSON holds everything shown here and the full content of every artifact.</footer>`;
}
