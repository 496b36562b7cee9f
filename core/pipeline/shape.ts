// The shape of a pipeline file, in zod: which keys there are, which may be left out, what stands in each.
// What holds between the parts is in core/pipeline/rules/; how a value's text is read is in core/pipeline/values/.

import { z } from 'zod';
import { DEFAULT_SHARDS_AT_MOST } from './model.ts';
import { aggregation, mode } from './values/fan-out.ts';
import { approval, guardRequirement, looseValue } from './values/guard-value.ts';
import { count, milliseconds, minutes, share, tokens, usd } from './values/quantities.ts';
import {
  agentId,
  artifactType,
  criterionId,
  guardId,
  id,
  listPath,
  modelName,
  providerId,
  title,
  toolName,
  version,
} from './values/words.ts';

/** Mappings that may be written as the value of one of their keys. */
export const shorthands = z.registry<{ readonly key: string }>();

const shard = z
  .strictObject({ over: listPath, size: count(1, 1000), atMost: count(1, 40).default(DEFAULT_SHARDS_AT_MOST) })
  .meta({ description: 'Splits a list of an input artifact into batches, each its own task.' });

const agent = z
  .strictObject({
    id: agentId,
    tier: id.optional(),
    tools: z.array(toolName).default([]),
    shard: shard.optional(),
    after: z
      .array(agentId)
      .default([])
      .meta({ description: 'Agents of the phase it waits for, to read what they make.' }),
    pace: milliseconds.optional(),
  })
  .meta({ description: 'An agent of the catalogue; its id alone is enough.' })
  .register(shorthands, { key: 'id' });

const guard = z
  .object({ criterion: guardId, required: guardRequirement.optional() })
  .catchall(looseValue)
  .meta({ description: 'A condition that fails the gate whatever the score.' });

const gate = z
  .strictObject({
    atLeast: share,
    tries: count(1, 20).default(3),
    guards: z.array(guard).default([]),
    weights: z.record(criterionId, share),
    approval: approval.optional().meta({ description: 'person: nothing is handed on until a person has approved it.' }),
  })
  .meta({ description: 'When the phase may hand on its artifacts. The weights sum to 1.' });

// Defaults are those of the built-in pipeline's first phase (spec §1).
const clarification = z
  .strictObject({ questions: count(0, 100), grounding: share, rounds: count(0, 100) })
  .default({ questions: 5, grounding: 0.75, rounds: 3 })
  .meta({ description: 'How many questions agents may ask each other, how well grounded, in how many rounds.' });

const retry = z
  .strictObject({ attempts: count(1, 20), base: milliseconds })
  .default({ attempts: 3, base: 1000 })
  .meta({ description: 'Ceiling of the attempts of one task, and the first backoff.' });

const phase = z.strictObject({
  id,
  title: title.optional(),
  tier: id.optional(),
  needs: z.array(artifactType),
  makes: z.array(artifactType),
  mode: mode.default({ kind: 'sequential' }),
  aggregation: aggregation.default({ kind: 'merge' }),
  agents: z.array(agent),
  budget: z
    .strictObject({ tokens, tool: minutes, wall: minutes, usd })
    .meta({ description: 'Over all gate attempts of the phase; wall is for one attempt.' }),
  gate,
  clarification,
  retry,
  silentBeats: count(3, 60)
    .optional()
    .meta({ description: 'Heartbeats a task may miss before it is handed out again; 3 unless said.' }),
});

const model = z.strictObject({
  provider: providerId,
  model: modelName,
  price: z.strictObject({ input: usd, output: usd, cached: usd.optional() }).optional().meta({
    description: 'USD for a million tokens, where no price table knows the model; zeros for one that is free.',
  }),
  answer: tokens.optional().meta({ description: 'Tokens of the longest answer.' }),
});

const slot = z.strictObject({ id, section: id, artifact: artifactType });

export const pipelineShape = z
  .strictObject({
    name: id,
    version,
    title,
    models: z.record(id, model).meta({ description: 'The model of each tier; the first tier is the default one.' }),
    budget: z
      .strictObject({ usd })
      .optional()
      .meta({ description: 'The sum of the phases; to be stated over 100 USD.' }),
    phases: z.array(phase),
    dossier: z.strictObject({ slots: z.array(slot) }).default({ slots: [] }),
  })
  .meta({ title: 'IdeaMine pipeline' });

export type PipelineShape = z.output<typeof pipelineShape>;
