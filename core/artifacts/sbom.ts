// SBOM (security): a CycloneDX 1.6 document of what the project's manifest declares, and how much of what is installed it lists.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

const componentSchema = z.looseObject({
  type: z.enum(['application', 'library']).describe('kind of component'),
  'bom-ref': text('reference inside the document'),
  name: text('name'),
  version: text('version or range as declared'),
  purl: text('package URL'),
  scope: z.enum(['required', 'optional']).describe('whether it is needed at run time'),
});

export const sbomSchema = z.strictObject({
  document: z
    .looseObject({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.6'),
      version: z.int().min(1),
      metadata: z.looseObject({ component: componentSchema.partial({ scope: true, purl: true }) }),
      components: z.array(componentSchema).default([]),
      dependencies: z.array(z.looseObject({ ref: text('bom-ref'), dependsOn: z.array(z.string()).default([]) })),
    })
    .describe('the CycloneDX document'),
  coverage: measured(
    z.strictObject({ listed: count('installed components that are listed'), installed: count('components installed') }),
    'share of the installed components that the document lists',
  ),
});

export type SBOM = z.infer<typeof sbomSchema>;
