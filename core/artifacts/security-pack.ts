// SecurityPack (security): static and dynamic analysis, and the controls they were checked against.

import { z } from 'zod';
import { count, text, texts } from './fields.ts';
import { measured } from './measured.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;

const securityFindingSchema = z.strictObject({
  rule: text('rule of the tool'),
  severity: z.enum(severities).describe('how bad'),
  file: z.string().describe('path of the file; empty when it has none'),
  line: count('line, from 1; 0 when it has none'),
  message: text('what the tool says'),
});

export const securityPackSchema = z.strictObject({
  sast: measured(z.strictObject({ findings: z.array(securityFindingSchema) }), 'static analysis of the source'),
  dast: measured(z.strictObject({ findings: z.array(securityFindingSchema) }), 'probing of the started service'),
  scope: z
    .strictObject({ files: count('source files in scope'), endpoints: count('endpoints in scope') })
    .partial()
    .describe('what the analyses have to look at'),
  controls: z
    .array(
      z.strictObject({
        control: text('id of the control in ArchitectureDoc'),
        name: text('its name'),
        evidence: texts('paths of source files that implement it; none when it is not found'),
      }),
    )
    .describe('controls of the architecture and where the code implements them'),
});

export type SecurityPack = z.infer<typeof securityPackSchema>;
