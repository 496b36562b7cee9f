// The schema of every artifact type, by name.

import type { z } from 'zod';
import { IdeaMineError } from '../errors.ts';
import type { ArtifactType } from './artifact-type.ts';

export type { ArtifactType, SourceName } from './artifact-type.ts';
export { artifactTypes, isArtifactType } from './artifact-type.ts';

const schemas: Partial<Record<ArtifactType, z.ZodType>> = {};

/** The zod schema that content of this type must satisfy once a phase has aggregated it. */
export function artifactSchema(type: ArtifactType): z.ZodType {
  const schema = schemas[type];
  if (schema === undefined) throw new IdeaMineError('IdeaMine.UnknownArtifact', `no schema for artifact ${type}`);
  return schema;
}
