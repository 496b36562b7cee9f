// A generated pipeline: agents of the catalogue dealt out to a few phases, each needing something made before it.

import { IDEA, type Mode, type Phase, type PinnedPipeline, type Pipeline } from '../../core/pipeline/model.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { agentIds, findAgent } from '../agents/contracts.ts';
import { wholeOf } from '../agents/draws.ts';
import type { Draw } from './draw.ts';

const STORIES = 'UserStories.stories';

export function drawPipeline(draw: Draw, minutes: number): PinnedPipeline {
  const phases: Phase[] = [];
  const made = new Set<string>();
  let left = [...agentIds];
  const count = wholeOf(draw('phases'), 2, 5);
  for (let number = 1; number <= count; number += 1) {
    const name = `phase ${number}`;
    const chosen: string[] = [];
    const makes = new Set<string>();
    const wanted = wholeOf(draw(name, 'agents') ** 1.5, 1, 5);
    for (let turn = 0; turn < 40 && chosen.length < wanted; turn += 1) {
      const id = left[wholeOf(draw(name, 'agent', turn), 0, left.length - 1)] as string;
      const types = findAgent(id).makes;
      if (chosen.includes(id) || types.length === 0 || types.some((type) => made.has(type))) continue;
      chosen.push(id);
      for (const type of types) makes.add(type);
    }
    if (chosen.length === 0) continue;
    left = left.filter((id) => !chosen.includes(id));
    phases.push(
      drawPhase((...what) => draw(name, ...what), { id: `p${number}`, chosen, makes, made: [...made], minutes }),
    );
    for (const type of makes) made.add(type);
  }
  return pinPipeline(pipelineOf(phases));
}

interface Dealt {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly makes: ReadonlySet<string>;
  readonly made: readonly string[];
  readonly minutes: number;
}

function drawPhase(draw: Draw, { id, chosen, makes, made, minutes }: Dealt): Phase {
  const needs = new Set<string>(made.length === 0 || draw('from the idea') < 0.3 ? [IDEA] : []);
  for (let n = 0; n < wholeOf(draw('needs'), 1, 2) && made.length > 0; n += 1) {
    needs.add(made[wholeOf(draw('need', n), 0, made.length - 1)] as string);
  }
  if (made.includes('UserStories') && draw('stories') < 0.5) needs.add('UserStories');
  const sharded = needs.has('UserStories') && draw('sharded') < 0.7;
  return {
    id,
    title: id,
    needs: [...needs],
    makes: [...makes],
    mode: drawMode(draw),
    aggregation: { kind: 'merge' },
    agents: chosen.map((agent, index) => ({
      id: agent,
      tier: 'standard',
      tools: [],
      ...(sharded && index === 0 ? { shard: { over: STORIES, size: 1, atMost: wholeOf(draw('at most'), 1, 3) } } : {}),
    })),
    budget: { tokens: 400_000, toolMinutes: 5, wallMinutes: minutes, usdMicros: 1_000_000 },
    // Nothing is measured here: a gate that asks for tests fails.
    gate: {
      minimum: 0.5,
      tries: wholeOf(draw('tries'), 1, 3),
      guards: [],
      weights: draw('gate') < 0.2 ? { tests: 1 } : { completeness: 1 },
    },
    clarification: { questions: 0, grounding: 0.75, rounds: 0 },
    retry: { attempts: wholeOf(draw('attempts'), 1, 5), baseMs: 1000 },
  };
}

function drawMode(draw: Draw): Mode {
  const kinds = ['sequential', 'parallel', 'parallel', 'atMost', 'partial', 'iterative'] as const;
  const kind = kinds[wholeOf(draw('mode'), 0, kinds.length - 1)] ?? 'parallel';
  if (kind === 'atMost') return { kind, atMost: 2 };
  return kind === 'iterative' ? { kind, maxRounds: wholeOf(draw('rounds'), 1, 3) } : { kind };
}

const pipelineOf = (phases: readonly Phase[]): Pipeline => ({
  name: 'generated',
  version: '1.0.0',
  title: 'Generated',
  models: { standard: { provider: 'offline', model: 'drawn' } },
  dossier: { slots: [] },
  phases,
  budget: { usdMicros: phases.reduce((sum, { budget }) => sum + budget.usdMicros, 0) },
});
