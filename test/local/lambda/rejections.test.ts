import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { codeFolder } from './code-folder.ts';

const run = promisify(execFile);
const child = join(import.meta.dirname, 'rejection-child.ts');
const code = `
const { SQSClient, PurgeQueueCommand } = require('@aws-sdk/client-sqs');
exports.own = async () => { Promise.reject(new TypeError('lost')); await new Promise(() => {}); };
exports.call = async () => { new SQSClient({}).send(new PurgeQueueCommand({ QueueUrl: 'none' })); await new Promise(() => {}); };
exports.fine = async () => { await Promise.reject(new Error('seen')).catch(() => {}); return 'fine'; };
`;

describe('a promise left rejected', () => {
  it('ends the environment whose code made it, and no other', async () => {
    const { stdout } = await run(process.execPath, [child, codeFolder(code)]);
    const outcomes = JSON.parse(stdout) as { errorType?: string; errorMessage?: string }[];
    expect(outcomes).toContainEqual('fine');
    expect(outcomes.map((outcome) => [outcome.errorType, outcome.errorMessage]).filter(([type]) => type)).toEqual(
      expect.arrayContaining([
        ['Runtime.UnhandledPromiseRejection', 'TypeError: lost'],
        ['Runtime.UnhandledPromiseRejection', 'QueueDoesNotExist: The specified queue does not exist.'],
      ]),
    );
  });

  it('is fatal for the process when no environment made it', async () => {
    await expect(run(process.execPath, [child, codeFolder(code), 'foreign'])).rejects.toMatchObject({
      stderr: expect.stringContaining('Error: foreign'),
      stdout: expect.not.stringContaining('survived'),
    });
  });
});
