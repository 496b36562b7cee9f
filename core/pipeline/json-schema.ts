// The JSON Schema of pipeline files, for editors: generated from the same shape the loader reads with, the open
// vocabularies (artifact types, criteria, agents) filled in as lists. The loader checks more than this can say.

import { z } from 'zod';
import type { Json } from '../json.ts';
import type { Known } from './known.ts';
import { IDEA, MADE_AT_CLOSE } from './model.ts';
import { pipelineShape, shorthands } from './shape.ts';
import { leaves, type Vocabulary } from './values/leaf.ts';

export function pipelineJsonSchema(known: Known): Json {
  const words: Readonly<Record<Vocabulary, readonly string[] | undefined>> = {
    artifactType: [IDEA, ...known.artifactTypes, ...MADE_AT_CLOSE],
    agent: known.agentIds,
    tool: known.tools,
    provider: known.providers,
    criterion: known.criteria,
    guard: known.guards && Object.keys(known.guards),
  };
  const schema = z.toJSONSchema(pipelineShape, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const vocabulary = leaves.get(zodSchema)?.vocabulary;
      const listed = vocabulary === undefined ? undefined : words[vocabulary];
      if (listed !== undefined && listed.length > 0) {
        for (const key of Object.keys(jsonSchema)) if (key !== 'description') delete jsonSchema[key];
        Object.assign(jsonSchema, { enum: listed });
      }
      // Defaults are in the model's units, not as people write them.
      delete jsonSchema.default;
      if (zodSchema instanceof z.ZodRecord) makeOptional(jsonSchema);
      const shorthand = shorthands.get(zodSchema);
      if (shorthand !== undefined) allowShorthand(jsonSchema, shorthand.key);
    },
  });
  return JSON.parse(JSON.stringify(schema)) as Json;
}

type Node = Record<string, unknown>;

/** zod wants every key of a record over an enum; a gate weighs only some criteria. */
function makeOptional(node: Node): void {
  delete node.required;
}

function allowShorthand(node: Node, key: string): void {
  const { description, ...mapping } = { ...node };
  for (const name of Object.keys(node)) delete node[name];
  const properties = mapping.properties as Node;
  Object.assign(node, { description, anyOf: [properties[key], mapping] });
}
