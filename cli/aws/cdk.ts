// Runs the CDK command that this installation brings, on this installation's app.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { UsageError } from '../exit.ts';
import { installation } from '../home.ts';
import type { Connection } from './connection.ts';

export interface CdkOptions {
  readonly connection: Connection;
  readonly context: Readonly<Record<string, string>>;
  /** Where the synthesized app is put. */
  readonly output: string;
  /** Standard output of the command is kept free for JSON. */
  readonly quiet: boolean;
}

/** @throws UsageError when the CDK ends with an error; its own words stand above. */
export async function cdk(args: readonly string[], options: CdkOptions): Promise<void> {
  const context = Object.entries(options.context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const cli = join(installation, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const child = spawn(process.execPath, [cli, ...args, ...context, '--output', options.output], {
    cwd: installation,
    stdio: ['inherit', options.quiet ? 2 : 1, 2],
    env: {
      ...process.env,
      AWS_REGION: options.connection.region,
      // On an account without credentials the command is to say so, not to look for a machine's own for a minute.
      AWS_EC2_METADATA_DISABLED: process.env.AWS_EC2_METADATA_DISABLED ?? 'true',
    },
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new UsageError(`cdk ${args[0]} ended with code ${code}; its reason stands above`);
}
