// Every example pipeline loads against the real catalogue, and between them they show every fan-out mode and aggregation.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findAgent } from '../../agents/catalogue.ts';
import { known } from '../../agents/known.ts';
import { loadPipeline } from '../../core/pipeline/load.ts';
import { IDEA, type Pipeline } from '../../core/pipeline/model.ts';

const root = new URL('../../', import.meta.url);
const names = readdirSync(new URL('examples/pipelines', root)).filter((name) => name.endsWith('.yaml'));
const paths = ['pipelines/idea-to-release.yaml', ...names.map((name) => `examples/pipelines/${name}`)];

function load(path: string): Pipeline {
  const loading = loadPipeline(readFileSync(new URL(path, root), 'utf8'), path, known);
  if ('problems' in loading) throw new Error(JSON.stringify(loading.problems, null, 2));
  return loading.pipeline;
}

describe('the pipelines that come with the project', () => {
  it.each(paths)('%s loads', (path) => {
    expect(load(path).name).toBe(path.split('/').at(-1)?.replace('.yaml', ''));
  });

  it.each(paths)('%s: its agents make what its phases promise, from what they are given', (path) => {
    for (const { id, needs, makes, agents } of load(path).phases) {
      const made = agents.flatMap((agent) => findAgent(agent.id).makes);
      const unread = agents.flatMap((agent) =>
        findAgent(agent.id).reads.filter((type) => ![IDEA, ...needs, ...made].includes(type)),
      );
      expect({ phase: id, missing: makes.filter((type) => !(made as string[]).includes(type)), unread }).toEqual({
        phase: id,
        missing: [],
        unread: [],
      });
    }
  });

  it('show every fan-out mode and every aggregation', () => {
    const phases = names.flatMap((name) => load(`examples/pipelines/${name}`).phases);
    expect([...new Set(phases.map(({ mode }) => mode.kind))].sort()).toEqual([
      'atMost',
      'iterative',
      'parallel',
      'partial',
      'sequential',
    ]);
    expect([...new Set(phases.map(({ aggregation }) => aggregation.kind))].sort()).toEqual([
      'concat',
      'custom',
      'merge',
      'vote',
    ]);
  });
});
