// `npm run inventory`: counts what the templates of the built-in pipeline hold and writes it into docs/architecture.md.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Template, VARIANTS, withInventory } from './inventory.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'architecture.md');

function templateOf(context: Readonly<Record<string, string>>): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'ideamine-inventory-'));
  try {
    const env = {
      ...process.env,
      CDK_VALIDATION: 'false',
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    };
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'infra', 'main.ts')], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const file = readdirSync(outdir).find((name) => name.endsWith('.template.json')) as string;
    return JSON.parse(readFileSync(join(outdir, file), 'utf8')) as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const templates = Object.fromEntries(Object.entries(VARIANTS).map(([name, context]) => [name, templateOf(context)]));
writeFileSync(page, withInventory(readFileSync(page, 'utf8'), templates));
