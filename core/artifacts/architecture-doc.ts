// ArchitectureDoc (architecture): the parts of the system, four diagrams of it, and the controls that keep it safe.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { choice, id, text, texts } from './fields.ts';

const diagramKinds = ['context', 'container', 'data', 'sequence'] as const;

const componentSchema = z.strictObject({
  name: text('name of the component'),
  purpose: text('what it does, from the entities and stories it serves'),
  dependsOn: texts('names of the components it calls'),
});

const diagramSchema = z.strictObject({
  kind: z.enum(diagramKinds).describe('what the diagram shows'),
  title: text('its title'),
  mermaid: text('its source in Mermaid'),
});

const controlSchema = z.strictObject({
  id: id('SC'),
  name: text('name of the security control'),
  asvs: text('section of OWASP ASVS 5.0 it belongs to'),
  measure: text('what the system does'),
  protects: texts('components or entities it protects'),
  basis: claim('the risk or quality of the sources that asks for it; UNKNOWN for a control every system needs'),
});

export const architectureDocSchema = z.strictObject({
  overview: claim('architecture overview: what the system does and where it runs'),
  drivers: claims(
    'architecture driver: quality or limit that shapes the design: offline, speed, privacy, cost, device',
    6,
  ),
  components: z.array(componentSchema).describe('the parts of the system'),
  diagrams: z.array(diagramSchema).describe('one of each kind'),
  controls: z.array(controlSchema).describe('security controls'),
  threats: z
    .array(
      z.strictObject({
        risk: id('RISK'),
        statement: claim('the risk as the register states it'),
        controls: texts('ids of the controls that answer it'),
        severity: choice('how bad it is', { high: [], medium: [], low: [] }),
      }),
    )
    .describe('risks of the register that the design answers'),
});

export type ArchitectureDoc = z.infer<typeof architectureDocSchema>;
export type Control = z.infer<typeof controlSchema>;
