// Canonical JSON sorts keys; people read an artifact in the order in which its schema declares its fields.

import { z } from 'zod';
import { artifactSchema, isArtifactType } from '../artifacts/registry.ts';
import { isRecord } from '../gates/evidence/look.ts';
import type { Json } from '../json.ts';

/** The content with its fields in declared order; of types without a schema as it is. */
export function inSchemaOrder(type: string, content: Json): Json {
  if (!isArtifactType(type)) return content;
  return ordered(content, z.toJSONSchema(artifactSchema(type)) as Json);
}

function ordered(value: Json, schema: Json | undefined): Json {
  if (!isRecord(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => ordered(item, schema.items));
  if (!isRecord(value)) return value;
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants))
    return ordered(
      value,
      variants.find((variant) => fits(value, variant)),
    );
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const declared = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  return Object.fromEntries(
    [...declared, ...others].map((key) => [
      key,
      ordered(value[key] as Json, properties[key] ?? schema.additionalProperties),
    ]),
  );
}

function fits(value: { [key: string]: Json }, variant: Json): boolean {
  const required = isRecord(variant) && Array.isArray(variant.required) ? variant.required : [];
  return required.every((key) => typeof key === 'string' && Object.hasOwn(value, key));
}
