// What measures, by tool: the package and the version that is installed. Part of every measurement and of its key, so that
// a newer tool measures anew.

import type { ToolName } from '../sdk/tools.ts';

export const toolVersions: Readonly<Record<ToolName, string>> = {
  typecheck: 'typescript 6.0.3',
  'unit-tests': 'node 24.21.0',
  lint: '@biomejs/biome 2.6.8',
  'openapi-lint': '@redocly/openapi-core 2.64.0',
  sbom: '@cyclonedx/cyclonedx-library 10.3.0',
  licences: '@npmcli/arborist 10.0.4',
  vulnerabilities: '@npmcli/arborist 10.0.4',
  'secret-scan': '@secretlint/secretlint-rule-preset-recommend 13.0.6',
  'static-analysis': 'eslint-plugin-security 4.1.0',
  load: 'autocannon 8.0.0',
  'page-audit': 'axe-core 4.14.1',
  compatibility: 'playwright-core 1.65.1',
  'service-check': 'node 24.21.0',
};

/** Tools that ask a package registry. They are given manifests and lock files, never code. */
export const asksRegistry: ReadonlySet<ToolName> = new Set<ToolName>(['vulnerabilities']);
