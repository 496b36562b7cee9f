// The dossier as a typeset document: cover, contents, one chapter a section, the gates, the record. From the same model as the
// HTML and the JSON; the source files' text and the artifacts that fill no slot stay in those.

import { isRecord } from '../../gates/evidence/look.ts';
import type { Json } from '../../json.ts';
import { canonicalHash } from '../bytes.ts';
import type { Dossier, DossierArtifact, Section, Slot, Standing } from '../model.ts';
import { inSchemaOrder } from '../schema-order.ts';
import { type Whole, wholeOf } from '../whole.ts';
import { asTitle, inDuration, inPercent, inTime, inUsd } from '../words.ts';
import { gatesChapter } from './gates.ts';
import { chapter, facts, grid, heading, type Node, type Tone, tag } from './node.ts';
import { openApiNode } from './openapi.ts';
import { costsNode, decisionsNode, timelineNode } from './record.ts';
import { sbomNode } from './sbom.ts';
import { breakable, valueNode } from './value.ts';

export interface PdfDocument {
  readonly title: string;
  readonly subject: string;
  /** ISO time; the file says it was made then. */
  readonly createdAt: string;
  readonly footer: string;
  readonly content: readonly Node[];
}

const STANDING: Readonly<Record<Standing, { readonly tone: Tone; readonly says: string }>> = {
  released: { tone: 'good', says: 'Every phase was handed on and every gate passed.' },
  advised: {
    tone: 'warn',
    says: 'Every phase was handed on, but not every gate passed. What did not is named under Gates.',
  },
  partial: {
    tone: 'bad',
    says: 'The run ended before its last phase was handed on. What is missing is named under Completeness.',
  },
};

export function pdfDocument(dossier: Dossier): PdfDocument {
  const { measured } = dossier;
  const canonical = wholeOf(dossier);
  return {
    title: `${canonical.title} ${canonical.version}: release dossier`,
    subject: `Release dossier of run ${measured.runId}`,
    createdAt: measured.endedAt,
    footer: `${canonical.title} ${canonical.version}, release dossier`,
    content: [
      ...cover(dossier),
      {
        toc: { title: { text: 'Contents', style: 'contents' }, numberStyle: { color: '#5b6470' } },
        pageBreak: 'before',
      },
      ...completeness(canonical),
      ...canonical.sections.flatMap((section) => sectionChapter(section, canonical.artifacts)),
      ...gatesChapter(canonical.phases),
      ...record(dossier),
    ],
  };
}

function cover({ canonical, measured }: Dossier): Node[] {
  const { tone, says } = STANDING[canonical.standing];
  const description = descriptionOf(canonical.artifacts);
  const passed = canonical.phases.filter(({ verdict }) => verdict === 'passed').length;
  const { filled, slots } = canonical.completeness;
  return [
    { text: 'RELEASE DOSSIER', style: 'kicker', margin: [0, 150, 0, 10] },
    { text: canonical.title, style: 'title' },
    { text: `Version ${canonical.version}, ${inTime(measured.endedAt)}`, style: 'subtitle' },
    ...(description === null ? [] : [{ text: description, style: 'lead' }]),
    { text: [tag(canonical.standing, tone), `   ${says}`], margin: [0, 18, 0, 18] },
    facts([
      ['Complete', `${filled} of ${slots} parts`],
      ['Gates passed', `${passed} of ${canonical.phases.length}`],
      ['Duration', inDuration(measured.durationMs)],
      ['Cost', `${inUsd(measured.costs.total.usdMicros)} of a budget of ${inUsd(measured.budgetUsdMicros)}`],
      ['Pipeline', `${canonical.pipeline.title}, ${canonical.pipeline.name} ${canonical.pipeline.version}`],
      ['Run', measured.runId],
    ]),
  ];
}

function descriptionOf(artifacts: readonly DossierArtifact[]): string | null {
  const spec = artifacts.find(({ type }) => type === 'IdeaSpec')?.content;
  const text = isRecord(spec) && isRecord(spec.description) ? spec.description.text : undefined;
  return typeof text === 'string' && text !== 'UNKNOWN' ? text : null;
}

const TONES: Readonly<Record<Slot['state'], Tone>> = { filled: 'good', unmeasured: 'warn', missing: 'bad' };

function completeness({ completeness: { filled, slots }, sections }: Whole): Node[] {
  const all = sections.flatMap(({ id, slots: own }) => own.map((slot) => ({ section: id, ...slot })));
  const rows = all.map(({ section, id, state, reason }): Node[] => [
    asTitle(section),
    asTitle(id),
    { text: [tag(state, TONES[state])] },
    reason === '' ? '' : asSentence(reason),
  ]);
  return [
    chapter('Completeness'),
    `${filled} of ${slots} parts are there, ${inPercent(slots === 0 ? 1 : filled / slots)}.`,
    grid(['auto', 'auto', 'auto', '*'], ['Section', 'Part', 'State', 'What is missing'], rows),
  ];
}

function sectionChapter(section: Section, artifacts: readonly DossierArtifact[]): Node[] {
  return [
    chapter(asTitle(section.id)),
    ...section.slots.flatMap((slot) =>
      slotNodes(
        slot,
        artifacts.find(({ type }) => type === slot.artifact),
      ),
    ),
  ];
}

function slotNodes(slot: Slot, artifact: DossierArtifact | undefined): Node[] {
  const title = asTitle(slot.id);
  const head = heading(slot.state === 'filled' ? title : [title, '  ', tag(slot.state, TONES[slot.state])], title);
  if (artifact === undefined) return [head, slot.reason === '' ? '' : asSentence(slot.reason)];
  const { type, phase, agents, provider, model, content } = artifact;
  const by = provider === null ? 'derived, no model' : `model ${[provider, model].filter(Boolean).join('/')}`;
  return [
    head,
    { text: `${type}, made in ${phase} by ${agents.join(', ')}; ${by}`, style: 'origin' },
    contentNode(type, content),
  ];
}

function contentNode(type: string, content: Json): Node {
  if (type === 'OpenAPI') return openApiNode(content);
  const ordered = inSchemaOrder(type, content);
  return type === 'SBOM' ? sbomNode(ordered) : valueNode(ordered);
}

function asSentence(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function record(dossier: Dossier): Node[] {
  const { canonical, measured } = dossier;
  const titleOf = (phase: string): string => canonical.phases.find(({ id }) => id === phase)?.title ?? phase;
  const rows = canonical.artifacts.map(({ type, phase, sha256 }): Node[] => [
    type,
    phase,
    { text: breakable(sha256), style: 'code' },
  ]);
  return [
    chapter('The record'),
    heading('Timeline', 'Timeline'),
    timelineNode(measured),
    heading('Costs', 'Costs'),
    costsNode(measured, titleOf),
    heading('Decisions', 'Decisions'),
    decisionsNode(measured.decisions, titleOf),
    heading('The idea', 'The idea'),
    { text: canonical.idea.text, style: 'verbatim', preserveLeadingSpaces: true },
    heading('Provenance', 'Provenance'),
    facts([
      ['Pipeline', { text: breakable(canonical.pipeline.hash), style: 'code' }],
      ['Idea', { text: breakable(canonical.idea.sha256), style: 'code' }],
      ['Canonical content', { text: breakable(canonicalHash(dossier)), style: 'code' }],
      ['Ledger', `${measured.ledger.entries} entries`],
      ['Ledger head', { text: breakable(measured.ledger.head), style: 'code' }],
      [
        'Signed by key',
        measured.signature === null
          ? 'not signed: the stage has no signing key'
          : { text: breakable(measured.signature.fingerprint), style: 'code' },
      ],
    ]),
    grid(['auto', 'auto', '*'], ['Artifact', 'Phase', 'SHA-256'], rows),
    {
      text: 'The JSON beside this document holds everything shown here and the full content of every artifact.',
      style: 'quiet',
    },
  ];
}
