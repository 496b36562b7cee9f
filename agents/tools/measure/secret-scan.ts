// Looks for secrets in every file of the project with Secretlint's recommended rules. What is found is named by rule and
// place; neither figure nor report quotes it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { projectPaths } from '../project.ts';
import { json, type Tool } from '../tool.ts';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

export const secretScan: Tool<'secret-scan'> = async ({ workspace }) => {
  const paths = projectPaths(workspace);
  const secrets: { rule: string; file: string; line: number }[] = [];
  for (const file of paths) {
    const content = readFileSync(join(workspace, file), 'utf8');
    const { messages } = await lintSource({
      source: { filePath: join(workspace, file), content, contentType: 'text' },
      options: { config: { rules: [{ id: PRESET, rule: creator }] }, maskSecrets: true },
    });
    for (const { ruleId, loc } of messages) secrets.push({ rule: ruleId, file, line: loc.start.line });
  }
  return { value: { files: paths.length, secrets }, report: json({ files: paths, secrets }) };
};
