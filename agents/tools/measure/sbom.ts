// The bill of materials as a CycloneDX 1.6 document: the project and every package it is built with.

import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { installedFor, type Package } from '../installed.ts';
import { readManifest } from '../project.ts';
import type { Tool } from '../tool.ts';

export const sbom: Tool<'sbom'> = async ({ workspace, toolset }) => {
  const manifest = readManifest(workspace);
  if ('unreadable' in manifest) return { unmeasured: String(manifest.unreadable) };
  const { packages, missing } = await installedFor(workspace, toolset, manifest);
  const root = new Models.Component(Enums.ComponentType.Application, manifest.name, {
    version: manifest.version,
    bomRef: purl(manifest),
  });
  const components = new Map(packages.map((one) => [one.name, componentOf(one)]));
  for (const one of packages) {
    for (const need of one.needs) {
      const to = components.get(need);
      if (to) components.get(one.name)?.dependencies.add(to.bomRef);
    }
  }
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const to = components.get(name);
    if (to) root.dependencies.add(to.bomRef);
  }
  const bom = new Models.Bom({
    version: 1,
    metadata: new Models.Metadata({ component: root }),
    components: new Models.ComponentRepository(components.values()),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const content = serializer.serialize(bom, { sortLists: true, space: 1 });
  return {
    value: {
      document: JSON.parse(content),
      listed: components.size,
      installed: packages.length + missing.length,
    },
    report: { mediaType: 'application/vnd.cyclonedx+json', content },
  };
};

function componentOf(one: Package) {
  const component = new Models.Component(Enums.ComponentType.Library, one.name, {
    version: one.version,
    bomRef: purl(one),
    scope: one.isRuntime ? Enums.ComponentScope.Required : Enums.ComponentScope.Optional,
  });
  component.purl = purl(one) as never;
  if (one.licence !== '') component.licenses.add(new Models.NamedLicense(one.licence));
  return component;
}

/** npm package URL; the @ of a scope is percent-encoded, as the package URL specification asks. */
const purl = ({ name, version }: { name: string; version: string }): string =>
  `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
