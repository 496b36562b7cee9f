// SBOM (security): a CycloneDX 1.6 document of what the project's manifest declares, and how much of what is installed it lists.

import { z } from 'zod';
import { count, text } from './fields.ts';
import { measured } from './measured.ts';

const componentSchema = z.strictObject({
  type: z.enum(['application', 'library']).describe('kind of component'),
  'bom-ref': text('reference inside the document'),
  name: text('name'),
  version: text('version or range as declared'),
  purl: text('package URL'),
  scope: z.enum(['required', 'optional']).describe('whether it is needed at run time'),
});

export const sbomSchema = z.strictObject({
  document: z
    .strictObject({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.6'),
      version: z.int().min(1),
      metadata: z.strictObject({ component: componentSchema.omit({ scope: true }) }),
      components: z.array(componentSchema),
      dependencies: z.array(z.strictObject({ ref: text('bom-ref'), dependsOn: z.array(z.string()) })),
    })
    .describe('the CycloneDX document'),
  coverage: measured(
    z.strictObject({ listed: count('installed components that are listed'), installed: count('components installed') }),
    'share of the installed components that the document lists',
  ),
});

export type SBOM = z.infer<typeof sbomSchema>;
