// Writes schemas/pipeline.schema.json (`npm run schema`), which editors follow from the first line of a pipeline file.
// A test holds the checked-in file to what this would write.

import { mkdirSync, writeFileSync } from 'node:fs';
import { known } from '../agents/known.ts';
import { pipelineJsonSchema } from '../core/pipeline/json-schema.ts';

const folder = new URL('../schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('pipeline.schema.json', folder), `${JSON.stringify(pipelineJsonSchema(known), null, 2)}\n`);
