// What of an acceptance line the generator can build and check: plain operations, lists narrowed by fields or time, files,
// and rules. Read from the line's words and the API that is there; what is not recognised stays open.

import type { DataModel } from '../../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../../core/artifacts/openapi.ts';
import { entityFor, madeBy } from '../../domain/entities.ts';
import { camel } from '../../domain/names.ts';
import { listedDetails, readStory } from '../../domain/story-reading.ts';
import { spoken } from '../../text/terms.ts';
import { type Blueprint, blueprint, type SoundEntity } from '../blueprint.ts';
import type { ListedOperation } from '../openapi-operations.ts';
import { openMarks, type Span } from './marks.ts';
import { type RuleCheck, rulesIn } from './rules.ts';

export type Check =
  | { readonly kind: 'operation'; readonly operation: ListedOperation; readonly entity: SoundEntity }
  | {
      readonly kind: 'filter';
      readonly operation: ListedOperation;
      readonly entity: SoundEntity;
      readonly field: string;
    }
  | { readonly kind: 'since'; readonly operation: ListedOperation; readonly entity: SoundEntity; readonly days: number }
  | { readonly kind: 'csv'; readonly operation: ListedOperation; readonly entity: SoundEntity }
  | {
      readonly kind: 'fields';
      readonly operation: ListedOperation;
      readonly entity: SoundEntity;
      readonly fields: readonly string[];
    }
  | RuleCheck;

export interface LineReading {
  readonly checks: readonly Check[];
  /** What of the line is not built, in its own words. */
  readonly open: readonly string[];
}

export interface Ground {
  readonly model: DataModel;
  readonly plan: Blueprint;
  readonly things: readonly string[];
}

export function groundOf(model: DataModel, api: OpenAPI): Ground {
  return { model, plan: blueprint(model, api), things: model.entities.map(({ name }) => spoken(name)) };
}

/** Verbs with a particle mean something of their own: to check a tool out is not to check it. */
const PARTICLE =
  /\b(?:check|take|give|hand|pick|sign|look|copy|bring|send)\w*\s+(?:\w+\s+){0,3}?(?:out|in|over|back|up|off|away)\b/giu;
/** Verbs that say too little of what becomes of a record. */
const WEAK = new Set(['choose', 'take', 'use', 'hand', 'give', 'pick', 'stop', 'warn', 'find', 'know', 'appear']);
const DAYS = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 } as const;

export function readLine(line: string, ground: Ground): LineReading {
  const checks: Check[] = [];
  const covered: Span[] = [];
  const rules = rulesIn(line, ground.plan);
  for (const { check, span } of rules) {
    checks.push(check);
    covered.push(span);
  }
  const missing: string[] = [];
  for (const { verb, kind, object } of readStory(line).actions) {
    const meant = WEAK.has(verb) ? undefined : entityFor(madeBy(verb, kind, object, ground.things), ground.model);
    const entity = ground.plan.entities.find(({ name }) => name === meant?.name);
    const operation = ground.plan.operations.find((one) => one.entity === entity?.name && one.kind === kind);
    if (entity === undefined || operation === undefined) {
      missing.push(`${verb} ${object}`);
      continue;
    }
    checks.push({ kind: 'operation', operation, entity });
    if (operation.kind === 'list') narrowed(line, operation, entity, checks, covered);
    if (operation.kind === 'create') detailed(line, operation, entity, checks, missing);
  }
  const particles = [...line.matchAll(PARTICLE)].map(([text]) => text);
  const open = [...new Set([...missing, ...particles, ...openMarks(line, covered)])];
  return { checks: onceEach(checks), open: checks.length === 0 && open.length === 0 ? [line] : open };
}

function narrowed(
  line: string,
  operation: ListedOperation,
  entity: SoundEntity,
  checks: Check[],
  covered: Span[],
): void {
  for (const { base } of namesAfterBy(line)) {
    const isText = entity.fields.some(({ name, type }) => name === base && (type === 'string' || type === 'text'));
    if (isText && operation.filters.includes(base)) checks.push({ kind: 'filter', operation, entity, field: base });
  }
  const recent = /\b(?:of|in) the last (\d+) (hour|day|week|month|year)s?\b/iu.exec(line);
  if (recent !== null && operation.since) {
    const days = Number(recent[1]) * DAYS[(recent[2] ?? 'day').toLowerCase() as keyof typeof DAYS];
    checks.push({ kind: 'since', operation, entity, days });
    covered.push({ from: recent.index, to: recent.index + recent[0].length });
  }
  const asFile = /\bexport\b|\b(?:as|into) a (?:csv file|csv|spreadsheet)\b/giu;
  if (operation.csv) {
    for (const found of line.matchAll(asFile)) {
      checks.push({ kind: 'csv', operation, entity });
      covered.push({ from: found.index, to: found.index + found[0].length });
    }
  }
}

/** Details of what is made must be fields of it. */
function detailed(
  line: string,
  operation: ListedOperation,
  entity: SoundEntity,
  checks: Check[],
  missing: string[],
): void {
  if (readStory(line).actions[0]?.kind !== 'create') return;
  const details = listedDetails(line);
  const known = new Map(entity.fields.map(({ name }) => [name, name]));
  const fields = details.flatMap((detail) => known.get(camel(detail)) ?? known.get(`${camel(detail)}Id`) ?? []);
  for (const detail of details) {
    if (!known.has(camel(detail)) && !known.has(`${camel(detail)}Id`)) missing.push(detail);
  }
  if (fields.length > 0) checks.push({ kind: 'fields', operation, entity, fields });
}

function namesAfterBy(line: string): { readonly base: string }[] {
  const found = /\bby ([\p{L} ,]+?)(?= and see\b|[.;:]|$)/iu.exec(line)?.[1] ?? '';
  return found
    .split(/,| and /)
    .map((part) => ({ base: camel(part.trim()) }))
    .filter(({ base }) => base !== '');
}

function onceEach(checks: readonly Check[]): Check[] {
  const seen = new Set<string>();
  return checks.filter((check) => {
    const key = JSON.stringify({
      ...check,
      operation: 'operation' in check ? check.operation.operationId : '',
      entity: check.entity.name,
    });
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
