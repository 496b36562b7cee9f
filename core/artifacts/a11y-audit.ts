// A11yAudit (qa): WCAG violations of the rendered pages, in a real browser.

import { z } from 'zod';
import { count, text, texts } from './fields.ts';
import { measured } from './measured.ts';

export const a11yAuditSchema = z.strictObject({
  pages: texts('pages to audit'),
  violations: measured(
    z.array(
      z.strictObject({
        page: text('page'),
        rule: text('rule of the auditor'),
        level: z.enum(['A', 'AA', 'AAA']).describe('WCAG level'),
        nodes: count('elements concerned'),
      }),
    ),
    'violations found',
  ),
});

export type A11yAudit = z.infer<typeof a11yAuditSchema>;
