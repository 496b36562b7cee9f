import { describe, expect, it } from '@jest/globals';
import { BadInput } from '../../../core/errors.ts';
import { loadPipeline, loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import { broken, known, problemsOf, sound } from './fixture.ts';

describe('loadPipeline', () => {
  it('turns what people write into integers and fills in what may be left out', () => {
    const loading = loadPipeline(sound, 'small.yaml', known);
    expect(loading).toEqual({
      pipeline: {
        name: 'small',
        version: '1.0.0',
        title: 'A small pipeline',
        models: { standard: { provider: 'offline', model: 'extractive' } },
        budget: { usdMicros: 750_000 },
        dossier: {
          slots: [
            { id: 'prd', section: 'product', artifact: 'PRD' },
            { id: 'signature', section: 'security', artifact: 'Signature' },
          ],
        },
        phases: [
          {
            id: 'intake',
            title: 'Intake',
            needs: ['Idea'],
            makes: ['IdeaSpec'],
            mode: { kind: 'sequential' },
            aggregation: { kind: 'merge' },
            agents: [{ id: 'intake', tier: 'standard', tools: [] }],
            budget: { tokens: 50_000, toolMinutes: 5, wallMinutes: 15, usdMicros: 500_000 },
            gate: {
              minimum: 0.75,
              tries: 3,
              guards: [{ criterion: 'clarity', atLeast: 0.7 }],
              weights: { completeness: 0.3, clarity: 0.4, grounding: 0.3 },
            },
            clarification: { questions: 5, grounding: 0.75, rounds: 3 },
            retry: { attempts: 3, baseMs: 1000 },
          },
          {
            id: 'prd',
            title: 'Prd',
            needs: ['IdeaSpec'],
            makes: ['PRD', 'UserStories'],
            mode: { kind: 'atMost', atMost: 2 },
            aggregation: { kind: 'merge' },
            agents: [
              { id: 'prd-writer', tier: 'standard', tools: [] },
              { id: 'story-cutter', tier: 'standard', tools: [] },
            ],
            budget: { tokens: 50_000, toolMinutes: 5, wallMinutes: 15, usdMicros: 250_000 },
            gate: { minimum: 0.75, tries: 3, guards: [], weights: { grounding: 1 } },
            clarification: { questions: 5, grounding: 0.75, rounds: 3 },
            retry: { attempts: 3, baseMs: 1000 },
          },
        ],
      },
    });
  });

  it('reports everything at once, by position, each with its place and what was meant', () => {
    const text = broken('agents: [intake]', 'agents: [intak]\n    agnets: [x]')
      .replace('grounding: 0.3}', 'grounding: 0.4}')
      .replace('artifact: PRD', 'artifact: PRDD')
      .replace('mode: 2 at a time', 'mode: 2 at time');
    const problems = problemsOf(text);
    expect(
      problems.map(({ rule, line, column, path, found }) => ({ rule, at: `${line}:${column}`, path, found })),
    ).toEqual([
      { rule: 'unknown-agent', at: '11:14', path: 'phases.intake.agents[0]', found: 'intak' },
      { rule: 'unknown-key', at: '12:5', path: 'phases.intake.agnets', found: 'agnets' },
      { rule: 'weights-sum', at: '16:16', path: 'phases.intake.gate.weights', found: 'a sum of 1.1' },
      { rule: 'wrong-type', at: '22:11', path: 'phases.prd.mode', found: '"2 at time"' },
      { rule: 'slot-without-maker', at: '32:45', path: 'dossier.slots.prd.artifact', found: 'PRDD' },
      { rule: 'unknown-artifact', at: '32:45', path: 'dossier.slots.prd.artifact', found: 'PRDD' },
    ]);
    expect(
      problems.every(({ file, expected, message }) => file === 'small.yaml' && expected !== '' && message !== ''),
    ).toBe(true);
    expect(problems[0]?.suggestion).toBe('did you mean intake?');
    expect(problems[1]?.suggestion).toBe('did you mean agents?');
  });

  it('does not blame others for a part that could not be read', () => {
    const rules = problemsOf(broken('makes: [IdeaSpec]', 'maks: [IdeaSpec]')).map(({ rule }) => rule);
    expect(rules).toEqual(['missing-key', 'unknown-key']);
    const weights = problemsOf(broken('clarity: 0.4,', 'clarity: most,')).map(({ rule }) => rule);
    expect(weights).toEqual(['wrong-type']);
    const withoutPhases = sound.slice(0, sound.indexOf('phases:'));
    expect(problemsOf(withoutPhases).map(({ rule }) => rule)).toEqual(['missing-key']);
  });

  it('checks a vocabulary only where it is at hand', () => {
    const text = broken('agents: [intake]', 'agents: [{id: nobody, tools: [none]}]\n    aggregation: custom none')
      .replace('{criterion: clarity, atLeast: 0.7}', '{criterion: clarity, atLest: 0.7}')
      .replace('{grounding: 1}', '{nothing: 1}')
      .replace('provider: offline', 'provider: nobody');
    expect(problemsOf(text).map(({ rule }) => rule)).toEqual([
      'unknown-provider',
      'unknown-agent',
      'unknown-tool',
      'unknown-aggregation',
      'guard-parameters',
      'unknown-guard-parameter',
      'unknown-criterion',
    ]);
    expect(problemsOf(text, { artifactTypes: known.artifactTypes })).toEqual([]);
  });
});

describe('loadPipelineOrThrow', () => {
  it('names file, line, column, what was found and what was expected', () => {
    const text = broken('version: 1.0.0', 'version: one');
    expect(() => loadPipelineOrThrow(text, 'small.yaml', known)).toThrow(BadInput);
    expect(() => loadPipelineOrThrow(text, 'small.yaml', known)).toThrow(
      'small.yaml:3:10 version: this is not what belongs here: found "one", expected a version such as 1.0.0 [wrong-type]',
    );
  });
});
