// SecretsScanReport (security): secrets found in the repository. A found secret is named by rule and place, never quoted.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

export const secretsScanReportSchema = z.strictObject({
  filesInScope: count('files there are to scan'),
  secrets: measured(
    z.array(z.strictObject({ rule: text('rule that matched'), file: text('path'), line: count('line, from 1') })),
    'secrets found',
  ),
});
