// The licence of the project and of everything it is built with, as npm's own tree says.

import { installedFor } from '../installed.ts';
import { readManifest } from '../project.ts';
import { json, type Tool } from '../tool.ts';

export const licences: Tool<'licences'> = async ({ workspace, toolset }) => {
  const manifest = readManifest(workspace);
  if ('unreadable' in manifest) return { unmeasured: String(manifest.unreadable) };
  const { packages, missing: absent, from } = await installedFor(workspace, toolset, manifest);
  if (absent.length > 0) return { unmeasured: `not installed, and in no lock file: ${absent.join(', ')}` };
  const all = [
    { package: manifest.name, version: manifest.version, licence: manifest.license ?? '' },
    ...packages.map(({ name, version, licence }) => ({ package: name, version, licence })),
  ];
  const missing = all.filter(({ licence }) => licence === '').map((one) => one.package);
  return { value: { packages: all, missing }, report: json({ from, packages: all }) };
};
