// Which slots of the dossier are filled. All are required; an artifact whose required figures nobody measured does not
// fill its slot, and the dossier says which figures those are.

import { atPath, isFilled, isRecord } from '../gates/evidence/look.ts';
import { requiredFields } from '../gates/required-fields.ts';
import { hashOf } from '../json.ts';
import { type DossierSlot, MADE_AT_CLOSE, type Pipeline } from '../pipeline/model.ts';
import { withoutFigures } from './figures.ts';
import type { Completeness, Section, Slot } from './model.ts';
import type { DossierSource, SourceArtifact } from './source.ts';

export function sectionsOf(source: DossierSource): Section[] {
  const slots = source.pipeline.dossier.slots.map((slot) => ({ section: slot.section, slot: fill(slot, source) }));
  const ids = [...new Set(slots.map(({ section }) => section))];
  return ids.map((id) => ({ id, slots: slots.filter(({ section }) => section === id).map(({ slot }) => slot) }));
}

export function completenessOf(sections: readonly Section[]): Completeness {
  const slots = sections.flatMap((section) => section.slots);
  const missing = slots
    .filter(({ state }) => state !== 'filled')
    .map(({ id, artifact, reason }) => ({ slot: id, artifact, reason }));
  return { slots: slots.length, filled: slots.length - missing.length, missing };
}

function fill({ id, artifact }: DossierSlot, source: DossierSource): Slot {
  const maker = makerOf(source.pipeline, artifact);
  // Made after the model, so it has no hash in it: it stands beside what it signs.
  if (maker === 'close' && source.signs) return { id, artifact, maker, state: 'filled', reason: '', sha256: null };
  const found = source.artifacts.find(({ type }) => type === artifact);
  if (found === undefined) {
    return { id, artifact, maker, state: 'missing', reason: whyMissing(maker, artifact, source), sha256: null };
  }
  const lacking = lackingIn(found);
  const state = lacking.length === 0 ? 'filled' : 'unmeasured';
  const sha256 = hashOf(withoutFigures(found.content).content);
  return { id, artifact, maker, state, reason: lacking.join('; '), sha256 };
}

function makerOf({ phases }: Pipeline, artifact: string): string {
  if (MADE_AT_CLOSE.includes(artifact)) return 'close';
  return phases.find(({ makes }) => makes.includes(artifact))?.id ?? '';
}

function whyMissing(maker: string, artifact: string, { phases }: DossierSource): string {
  if (maker === 'close')
    return `no ${artifact.toLowerCase()} was made when the run was closed: the stage has no signing key`;
  const phase = phases.find((one) => one.phase === maker);
  if (phase === undefined) return `phase ${maker} was not reached`;
  if (phase.verdict === 'failed')
    return `phase ${maker} failed${phase.reason === undefined ? '' : `: ${phase.reason}`}`;
  return phase.verdict === undefined ? `phase ${maker} did not end` : `phase ${maker} did not make it`;
}

/** Required fields that are unmeasured figures, together where the reason is the same. */
function lackingIn({ type, content }: SourceArtifact): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { pointer, value } of (requiredFields[type] ?? []).flatMap((path) => atPath(content, path))) {
    if (isFilled(value) || !isRecord(value) || value.status !== 'unmeasured') continue;
    const reason = String(value.reason);
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(fieldName(pointer)));
  }
  return [...byReason].map(([reason, fields]) => `${[...fields].join(', ')} (${reason})`);
}

/** `/stories/3/outcome` as `stories.outcome`: the figure is named once, not for each item. */
function fieldName(pointer: string): string {
  return pointer
    .split('/')
    .filter((step) => step !== '' && !/^\d+$/.test(step))
    .join('.');
}
