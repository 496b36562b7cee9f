// Static security rules over the code with ESLint and eslint-plugin-security. Comments that switch rules off are not heeded.

import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import security from 'eslint-plugin-security';
import type { ToolValues } from '../../sdk/tools.ts';
import { isCode, isTest, projectPaths } from '../project.ts';
import { json, type Tool } from '../tool.ts';

type Severity = ToolValues['static-analysis']['findings'][number]['severity'];

/**
 * How bad a rule's finding is when it is true. The plugin gives none, and says itself that object injection and file names
 * are found wherever they might be, for a person to look at; so these are low.
 */
const SEVERITY: Readonly<Record<string, Severity>> = {
  'security/detect-eval-with-expression': 'critical',
  'security/detect-child-process': 'high',
  'security/detect-disable-mustache-escape': 'high',
  'security/detect-no-csrf-before-method-override': 'high',
  'security/detect-unsafe-regex': 'high',
  'security/detect-bidi-characters': 'high',
  'security/detect-buffer-noassert': 'medium',
  'security/detect-new-buffer': 'medium',
  'security/detect-non-literal-regexp': 'medium',
  'security/detect-non-literal-require': 'medium',
  'security/detect-possible-timing-attacks': 'medium',
  'security/detect-pseudoRandomBytes': 'medium',
  'security/detect-non-literal-fs-filename': 'low',
  'security/detect-object-injection': 'low',
};

export const staticAnalysis: Tool<'static-analysis'> = async ({ workspace }) => {
  const files = projectPaths(workspace).filter((path) => isCode(path) && !isTest(path));
  if (files.length === 0) return { unmeasured: 'the project has no source files' };
  const eslint = new ESLint({
    cwd: workspace,
    overrideConfigFile: true,
    allowInlineConfig: false,
    overrideConfig: [
      {
        files: ['**/*.{ts,mts,cts,js,mjs,cjs}'],
        languageOptions: { parser: parser as never },
        plugins: { security: security as never },
        rules: Object.fromEntries(Object.keys(SEVERITY).map((rule) => [rule, 'error'])),
      },
    ],
  });
  const results = await eslint.lintFiles(files);
  const broken = results.find(({ fatalErrorCount }) => fatalErrorCount > 0);
  if (broken !== undefined) {
    return {
      unmeasured: `${broken.filePath.slice(workspace.length + 1)} cannot be parsed: ${broken.messages[0]?.message}`,
    };
  }
  const findings = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({
      rule: ruleId ?? 'parser',
      severity: SEVERITY[ruleId ?? ''] ?? 'low',
      file: filePath.slice(workspace.length + 1),
      line: line ?? 0,
      message: message.split('\n')[0] ?? '',
    })),
  );
  return { value: { files: files.length, findings }, report: json({ files, findings }) };
};
