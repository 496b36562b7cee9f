// `npm run test:aws`: the real app, deployed over the wire to an AWS-compatible endpoint and run there. With
// AWS_ENDPOINT_URL that one; otherwise MiniStack, or with --localstack LocalStack, started for this run alone.
// Exit code 0 all passed, 1 not, 75 no endpoint could be had (nothing was tested).

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, NoEndpoint } from './endpoint/endpoint.ts';
import { startLocalStack } from './endpoint/localstack.ts';
import { startMiniStack } from './endpoint/ministack.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const NOTHING_TESTED = 75;
/** Of this name in every run, so that one finds what another left. */
const STAGE = 'wire';

const [flags, patterns] = [process.argv.slice(2).filter(isOurs), process.argv.slice(2).filter((arg) => !isOurs(arg))];
function isOurs(arg: string): boolean {
  return arg === '--localstack' || arg === '--keep';
}

const say = (line: string) => process.stdout.write(`test:aws: ${line}\n`);

function provide(): Promise<Endpoint> {
  const url = process.env.AWS_ENDPOINT_URL;
  if (url) return Promise.resolve({ name: url, url, context: {}, stop: async () => undefined });
  return flags.includes('--localstack') ? startLocalStack() : startMiniStack(say);
}

/** What a step says is shown when it fails. */
async function step(what: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = ROOT): Promise<boolean> {
  const from = Date.now();
  const run = await runNode(args, env, 'pipe', cwd);
  say(
    `${what} ${run.code === 0 ? 'took' : `FAILED with code ${run.code} after`} ${((Date.now() - from) / 1000).toFixed(1)} s`,
  );
  if (run.code !== 0) process.stdout.write(run.said);
  return run.code === 0;
}

interface Ran {
  readonly code: number;
  readonly said: string;
}

function runNode(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: 'pipe' | 'inherit',
  cwd = ROOT,
): Promise<Ran> {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['ignore', output, output], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

async function main(endpoint: Endpoint): Promise<number> {
  const env: NodeJS.ProcessEnv = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    ...process.env,
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    WIRE_ENDPOINT: endpoint.name.split(' ')[0],
    WIRE_CONTEXT: JSON.stringify(endpoint.context),
    // A template that CloudFormation's own checks pass is what CI's synth has proved.
    CDK_VALIDATION: 'false',
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled'),
  };
  const cdk = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const context = Object.entries(endpoint.context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  const destroy = ['cli/main.ts', 'destroy', '--stage', STAGE, '--purge', '--sealed', '--yes'];
  say(`on ${endpoint.name}`);
  // What a run left that was killed here; usually there is nothing.
  await runNode(destroy, env, 'pipe');
  const where = `aws://000000000000/${env.AWS_REGION}`;
  // From a folder without an app: an account is bootstrapped before anything was synthesized for it.
  const nowhere = mkdtempSync(join(tmpdir(), 'ideamine-bootstrap-'));
  const bootstrapped = await step('bootstrap', [cdk, 'bootstrap', where], env, nowhere);
  rmSync(nowhere, { recursive: true, force: true });
  if (!bootstrapped) return 1;
  if (!(await step('deploy', ['cli/main.ts', 'deploy', '--stage', STAGE, '--yes', ...context], env))) return 1;
  const jest = ['--experimental-vm-modules', '--no-warnings', join('node_modules', 'jest', 'bin', 'jest.js')];
  const tests = [...jest, '--config', 'test/aws/jest.config.mjs', ...patterns];
  const { code } = await runNode(tests, { ...env, STORE_ENDPOINT: endpoint.url }, 'inherit');
  if (flags.includes('--keep')) return code;
  return (await step('destroy', destroy, env)) ? code : 1;
}

try {
  const endpoint = await provide();
  try {
    process.exitCode = await main(endpoint);
  } finally {
    await endpoint.stop();
  }
} catch (thrown) {
  if (!(thrown instanceof NoEndpoint)) throw thrown;
  say(`NOTHING WAS TESTED: ${thrown.message}`);
  process.exitCode = NOTHING_TESTED;
}
