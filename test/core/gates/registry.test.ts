import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  criteria,
  criterionIds,
  findCriterion,
  findGuard,
  guardParameters,
  guards,
} from '../../../core/gates/registry.ts';

const KEBAB = /^[a-z]+(-[a-z]+)*$/;

it('has every id once, in the form of its file name', () => {
  for (const ids of [criterionIds, guards.map(({ id }) => id)]) {
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.filter((id) => !KEBAB.test(id))).toEqual([]);
  }
  for (const id of criterionIds) {
    const file = join(import.meta.dirname, '../../../core/gates/criteria', `${id}.ts`);
    expect(readFileSync(file, 'utf8')).toContain(id);
  }
});

it('says of every criterion what it rests on and how it is computed', () => {
  for (const { evidence, formula } of criteria) {
    expect(evidence).not.toBe('');
    expect(formula).not.toBe('');
  }
});

it('makes every criterion a guard as well', () => {
  expect(criterionIds.filter((id) => findGuard(id) === undefined)).toEqual([]);
  expect(guardParameters.clarity).toEqual(['atLeast']);
  expect(guardParameters['vulnerabilities-by-severity']).toEqual(['critical', 'high', 'medium']);
});

it('ties guards to criteria that exist', () => {
  const tied = guards.flatMap(({ criterion }) => (criterion === undefined ? [] : [criterion]));
  expect(tied.filter((id) => findCriterion(id) === undefined)).toEqual([]);
});

it('has everything the built-in pipeline weighs and guards', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../pipelines/idea-to-release.yaml'), 'utf8');
  const { phases } = parse(text) as { phases: { gate: { weights: object; guards: { criterion: string }[] } }[] };
  const weighed = phases.flatMap(({ gate }) => Object.keys(gate.weights));
  const guarded = phases.flatMap(({ gate }) => gate.guards.map(({ criterion }) => criterion));
  expect(weighed.filter((id) => findCriterion(id) === undefined)).toEqual([]);
  expect(guarded.filter((id) => findGuard(id) === undefined)).toEqual([]);
});
