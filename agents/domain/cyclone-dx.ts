// Writes a CycloneDX 1.6 document of declared dependencies.

import type { SBOM } from '../../core/artifacts/sbom.ts';
import type { DeclaredDependency } from './declared-dependencies.ts';

export function cycloneDx(name: string, version: string, declared: readonly DeclaredDependency[]): SBOM['document'] {
  const root = purl(name, version);
  const components = declared.map((one) => ({
    type: 'library' as const,
    'bom-ref': purl(one.name, one.range),
    name: one.name,
    version: one.range,
    purl: purl(one.name, one.range),
    scope: one.isRuntime ? ('required' as const) : ('optional' as const),
  }));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': root, name, version, purl: root } },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

/** npm package URL; the @ of a scope is percent-encoded, as the package URL specification asks. */
function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
}
