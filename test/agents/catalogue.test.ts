import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { agentIds, findAgent } from '../../agents/catalogue.ts';
import { defineAgent } from '../../agents/sdk/agent.ts';
import type { AgentContext } from '../../agents/sdk/context.ts';
import { wavesOf } from '../../core/scheduling/waves.ts';
import { builtinPipeline } from './builtin-pipeline.ts';

const { phases } = builtinPipeline();

describe('the catalogue', () => {
  it('has exactly the agents of the built-in pipeline, each in a file of its name', () => {
    const used = phases.flatMap(({ agents }) => agents.map(({ id }) => id));
    expect([...agentIds]).toEqual(used);
    expect(readdirSync('agents/catalogue').sort()).toEqual(used.map((id) => `${id}.ts`).sort());
  });

  it('names what it does not have', () => {
    expect(() => findAgent('poet')).toThrow('expected an agent of the catalogue, found poet');
  });

  it.each(phases.map((phase) => [phase.id, phase] as const))(
    'in %s makes all that the phase makes, and nothing else',
    (_, phase) => {
      const made = phase.agents.flatMap(({ id }) => findAgent(id).makes);
      expect([...new Set<string>(made)].sort()).toEqual([...phase.makes].sort());
    },
  );

  it.each(phases.map((phase) => [phase.id, phase] as const))('in %s reads only what is there by then', (_, phase) => {
    const lists = phase.agents.flatMap(({ shard }) => (shard === undefined ? [] : [[shard.over, 1] as const]));
    const there = new Set<string>(['Idea', ...phase.needs]);
    for (const { tasks } of wavesOf(phase, Object.fromEntries(lists))) {
      const agents = tasks.map(({ agent }) => findAgent(agent));
      for (const { id, reads } of agents) {
        expect({ id, missing: reads.filter((type) => !there.has(type)) }).toEqual({ id, missing: [] });
      }
      for (const type of agents.flatMap(({ makes }) => makes)) there.add(type);
    }
  });
});

describe('an agent', () => {
  it('is refused when it makes what it did not declare', async () => {
    const liar = defineAgent({
      id: 'liar',
      title: 'Liar',
      workerClass: 'models',
      reads: [],
      makes: ['RTM'],
      run: async () => ({ artifacts: { PRD: {} } }),
    });
    await expect(liar.run({} as AgentContext)).rejects.toMatchObject({ code: 'IdeaMine.AgentBroken' });
  });
});
