// Lints the OpenAPI document with Redocly's recommended rules, which hold the specification and good sense.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lint } from '@redocly/openapi-core';
import { json, type Tool } from '../tool.ts';

/** The generated service has no address of its own before it is deployed. */
const RULES = { 'no-server-example.com': 'off', 'no-empty-servers': 'off' } as const;

export const openapiLint: Tool<'openapi-lint'> = async ({ workspace }, { document }) => {
  const ref = join(workspace, document);
  if (!existsSync(ref)) return { unmeasured: `there is no ${document} in the project` };
  const config = await createConfig({ extends: ['recommended'], rules: RULES });
  const found = await lint({ ref, config });
  const problems = found
    .filter(({ ignored }) => ignored !== true)
    .map(({ ruleId, severity, message, location }) => ({
      rule: ruleId,
      severity: severity === 'error' ? ('error' as const) : ('warning' as const),
      pointer: location[0]?.pointer ?? '',
      message: message.split('\n')[0] ?? '',
    }));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { value: { errors, warnings: problems.length - errors, problems }, report: json(problems) };
};
