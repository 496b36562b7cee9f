// A project as tools get it, named by the hash of its files: so what is checked, released and deployed is the same.

import { z } from 'zod';
import { count } from './fields.ts';

export const workspaceSchema = z
  .strictObject({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of its files, hex'),
    bytes: count('their size'),
  })
  .describe('the project whose files these are, as tools get it');
