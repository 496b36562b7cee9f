// What the commands of a deployed stage say when AWS cannot be used at all. One sentence, exit code 2, nothing on the wire
// but an answer that nobody gives.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ended, newHome, startWith, type TestHome } from './command.ts';

/** Nothing of the machine's own configuration. */
const BARE = {
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ENDPOINT_URL: undefined,
};
const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
/** The discard port: nothing listens there. */
const CLOSED = 'http://127.0.0.1:9';

let home: TestHome;
beforeAll(() => {
  home = newHome();
});
afterAll(() => home.remove());

const said = (env: Record<string, string | undefined>, ...args: string[]): Promise<Ended> =>
  startWith(home, args, { ...BARE, ...env }).ended;

describe('one sentence and exit code 2:', () => {
  it.each([
    ['no region', {}, ['status', '--aws'], /no AWS region is set: give --region, or set AWS_REGION/],
    [
      'a region that cannot be one',
      {},
      ['status', '--region', 'mars'],
      /--region: found 'mars', expected a region such as/,
    ],
    ['no credentials', { AWS_REGION: 'eu-central-1' }, ['deploy'], /no AWS credentials were found: set AWS_PROFILE/],
    ['no credentials', { AWS_REGION: 'eu-central-1' }, ['stop', 'a-run', '--aws'], /no AWS credentials were found/],
    [
      'an endpoint that nobody serves',
      { ...KEYS, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: CLOSED },
      ['status', '--aws'],
      /nothing answers at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\): start the endpoint, or unset AWS_ENDPOINT_URL/,
    ],
    [
      'a wait-less run here',
      {},
      ['run', 'README.md', '--offline', '--detach'],
      /--detach: a run on this machine ends with its command/,
    ],
    ['destroy without a stage', {}, ['destroy'], /required option '--stage <name>' not specified/],
  ])('%s', async (_what, env, args, message) => {
    const ended = await said(env, ...args);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ended.code).toBe(2);
  });

  it('doctor names every check, and which of them could not be made', async () => {
    const ended = await said({ AWS_REGION: 'eu-central-1' }, 'doctor', '--json');
    const findings = JSON.parse(ended.stdout) as { check: string; ok: boolean | null }[];
    expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
      ['region', true],
      ['credentials', false],
      ['bootstrap', null],
      ['quotas', null],
      ['stage', null],
      ['models', true],
    ]);
    expect(ended.stderr).toBe('ideamine: missing: credentials\n');
    expect(ended.code).toBe(2);
  });
});
