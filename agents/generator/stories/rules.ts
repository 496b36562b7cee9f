// Rules that a line may state and the generator can build: how long, no two at once, until when it can be cancelled, and
// when it is locked. Each needs the fields it works on; without them the line stays open.

import { spoken } from '../../text/terms.ts';
import type { Blueprint, SoundEntity } from '../blueprint.ts';
import type { Span } from './marks.ts';

interface OfEntity {
  readonly entity: SoundEntity;
  /** Path of the collection that the rule's operation works on. */
  readonly path: string;
}

export type RuleCheck = OfEntity &
  (
    | { readonly kind: 'max-days'; readonly start: string; readonly end: string; readonly days: number }
    | { readonly kind: 'no-overlap'; readonly start: string; readonly end: string; readonly of: string }
    | { readonly kind: 'remove-until'; readonly start: string; readonly daysBefore: number }
    | { readonly kind: 'only-once'; readonly of: string }
  );

interface Found {
  readonly check: RuleCheck;
  readonly span: Span;
}

export function rulesIn(line: string, { entities, operations }: Blueprint): Found[] {
  return entities.flatMap((entity) => {
    const path = (kind: 'create' | 'remove') =>
      operations.find((one) => one.entity === entity.name && one.kind === kind)?.path.replace(/\/\{[^{}/]+\}$/, '');
    const [create, remove] = [path('create'), path('remove')];
    return [
      ...(create === undefined ? [] : maxDays(line, entity, create)),
      ...(create === undefined ? [] : noOverlap(line, entity, create)),
      ...(remove === undefined ? [] : removeUntil(line, entity, remove)),
      ...(create === undefined ? [] : onlyOnce(line, entity, create, entities)),
    ];
  });
}

function period({ fields }: SoundEntity): { readonly start: string; readonly end: string } | undefined {
  const has = (name: string) => fields.some((field) => field.name === name && field.type === 'date');
  return has('startDate') && has('endDate') ? { start: 'startDate', end: 'endDate' } : undefined;
}

/** `reserve a tool for up to 7 days`: the entity is named or meant by the verb. */
function maxDays(line: string, entity: SoundEntity, path: string): Found[] {
  const found = /\bfor (?:up to|at most|no more than) (\d+) days?\b/iu.exec(line);
  const span = period(entity);
  if (found === null || span === undefined || !isMeant(line, entity)) return [];
  return [{ check: { kind: 'max-days', entity, path, ...span, days: Number(found[1]) }, span: spanOf(found) }];
}

/** `refuse a reservation that overlaps another reservation of the same tool` */
function noOverlap(line: string, entity: SoundEntity, path: string): Found[] {
  const found =
    /\b(?:refuse|reject|prevent|must not|cannot|never)\b.*\boverlap\w*\b.*\bof the same ([\p{L} -]+)/iu.exec(line);
  const span = period(entity);
  const of = found === null ? undefined : referenceTo(entity, found[1] ?? '');
  if (found === null || span === undefined || of === undefined || !isMeant(line, entity)) return [];
  return [{ check: { kind: 'no-overlap', entity, path, ...span, of }, span: spanOf(found) }];
}

/** `cancel the reservation until the day before` */
function removeUntil(line: string, entity: SoundEntity, path: string): Found[] {
  const found = /\b(?:cancel|withdraw|remove|delete)\b[^.;]*?\buntil (?:the day|(\d+) days?) before\b/iu.exec(line);
  const span = period(entity);
  if (found === null || span === undefined || !isMeant(found[0], entity)) return [];
  return [
    {
      check: { kind: 'remove-until', entity, path, start: span.start, daysBefore: Number(found[1] ?? '1') },
      span: spanOf(found),
    },
  ];
}

/** `never offer one slot to two patients at the same time`: an offer names its slot, so a slot is in one offer. */
function onlyOnce(line: string, entity: SoundEntity, path: string, entities: readonly SoundEntity[]): Found[] {
  const found = /\b(?:never|must not|cannot)\b[^.;]*?\bone ([\p{L}-]+) to two ([\p{L}-]+)(?: at the same time)?/iu.exec(
    line,
  );
  if (found === null || !isMeant(line, entity)) return [];
  const of = referenceTo(entity, found[1] ?? '');
  const isThing = entities.some(({ name }) => spoken(name) === (found[1] ?? '').toLowerCase() && name === entity.name);
  if (of === undefined || isThing) return [];
  return [{ check: { kind: 'only-once', entity, path, of }, span: spanOf(found) }];
}

/** The line names the entity, or a verb that its name comes from: `reserve` means a reservation. */
function isMeant(line: string, { name }: SoundEntity): boolean {
  const words = line.toLowerCase();
  const one = spoken(name);
  return (
    words.includes(one) ||
    words.split(/[^\p{L}]+/u).some((word) => word.length > 4 && one.startsWith(word.slice(0, -1)))
  );
}

function referenceTo({ fields }: SoundEntity, thing: string): string | undefined {
  const wanted = thing.trim().toLowerCase();
  return fields.find(({ type, references }) => type === 'reference' && spoken(references) === wanted)?.name;
}

function spanOf(found: RegExpExecArray): Span {
  return { from: found.index, to: found.index + found[0].length };
}
