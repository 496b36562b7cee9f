// `ideamine local --port N`: the in-process AWS on a loopback port, for the AWS CLI and any SDK.

import { once } from 'node:events';
import type { Command } from 'commander';
import { openPort } from '../../local/port/port.ts';
import { assemblyFor } from '../assembly.ts';
import { UsageError } from '../exit.ts';
import { makeHome } from '../home.ts';
import { openLocalStage } from '../local-stage.ts';
import { logTo } from '../logs.ts';
import { BUILT_IN_PIPELINE, loadPipelineFile } from '../pipeline-file.ts';

interface Options {
  readonly port: string;
  readonly pipeline: string;
}

export function registerLocal(program: Command): void {
  program
    .command('local')
    .description('serve the deployed app on a loopback port, for `aws --endpoint-url` and any SDK, until interrupted')
    .option('--port <n>', 'port on 127.0.0.1; 0 takes a free one', '4566')
    .option('--pipeline <file>', 'pipeline file the app is made for', BUILT_IN_PIPELINE)
    .action((options: Options) => serve(options, program.opts()));
}

async function serve(options: Options, global: { readonly home: string; readonly debug?: boolean }): Promise<void> {
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535) {
    throw new UsageError(`--port: found '${options.port}', expected a whole number from 0 to 65535`);
  }
  const home = makeHome(global.home);
  const assembly = await assemblyFor(loadPipelineFile(options.pipeline), options.pipeline, home);
  const stage = await openLocalStage({
    assemblyDir: assembly.dir,
    clock: { kind: 'real' },
    home,
    onLog: logTo(global.debug === true),
  });
  try {
    const door = await openPort(stage.world, port);
    process.stdout.write(`listening on ${door.url}\n`);
    for (const [name, value] of Object.entries(stage.outputs)) process.stdout.write(`  ${name} = ${value}\n`);
    let interrupted = false;
    const interruption = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
      interrupted = true;
    });
    // The world goes on by itself; this only waits, and rejects with what breaks it.
    await Promise.race([interruption, stage.world.run(() => interrupted)]);
    await door.close();
  } finally {
    await stage.world.close();
  }
}
