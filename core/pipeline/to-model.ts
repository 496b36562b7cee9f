// From the shape of a sound file to the pipeline: defaults that depend on other parts are filled in here.

import type { ModelChoice, Phase, Pipeline } from './model.ts';
import type { PipelineShape } from './shape.ts';

/** @param shape read without a problem. */
export function toModel(shape: PipelineShape): Pipeline {
  const [defaultTier] = Object.keys(shape.models);
  const phases = shape.phases.map((phase) => toPhase(phase, defaultTier as string));
  return {
    name: shape.name,
    version: shape.version,
    title: shape.title,
    models: Object.fromEntries(Object.entries(shape.models).map(([tier, model]) => [tier, toChoice(model)])),
    dossier: shape.dossier,
    phases,
    budget: { usdMicros: phases.reduce((sum, { budget }) => sum + budget.usdMicros, 0) },
  };
}

function toPhase(phase: PipelineShape['phases'][number], defaultTier: string): Phase {
  const { budget, gate } = phase;
  return {
    id: phase.id,
    title: phase.title ?? capitalized(phase.id),
    needs: phase.needs,
    makes: phase.makes,
    mode: phase.mode,
    aggregation: phase.aggregation,
    agents: phase.agents.map(({ id, tier, tools, shard, after, pace }) => ({
      id,
      tier: tier ?? phase.tier ?? defaultTier,
      tools,
      ...(shard === undefined ? {} : { shard }),
      ...(after.length === 0 ? {} : { after }),
      ...(pace === undefined ? {} : { paceMs: pace }),
    })),
    budget: { tokens: budget.tokens, toolMinutes: budget.tool, wallMinutes: budget.wall, usdMicros: budget.usd },
    gate: {
      minimum: gate.atLeast,
      tries: gate.tries,
      guards: gate.guards.map(withoutAbsent),
      weights: gate.weights,
      ...(gate.approval === undefined ? {} : { approval: gate.approval }),
    },
    clarification: phase.clarification,
    retry: { attempts: phase.retry.attempts, baseMs: phase.retry.base },
    ...(phase.silentBeats === undefined ? {} : { silentBeats: phase.silentBeats }),
  };
}

function toChoice({ provider, model, price, answer }: PipelineShape['models'][string]): ModelChoice {
  return withoutAbsent({ provider, model, price: price && withoutAbsent(price), answerTokens: answer });
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

function capitalized(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
