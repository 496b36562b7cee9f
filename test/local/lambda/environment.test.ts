import { describe, expect, it } from '@jest/globals';
import { START, testWorld } from './lambda-world.ts';

describe('an environment', () => {
  it('keeps its state between invocations and shares none with another function', async () => {
    const { make, invoke } = await testWorld();
    const code =
      'let n = 0; globalThis.seen = (globalThis.seen ?? 0) + 1; exports.handler = async () => [++n, globalThis.seen];';
    await make('one', code);
    await make('two', code);
    expect((await invoke('one')).payload).toEqual([1, 1]);
    expect((await invoke('one')).payload).toEqual([2, 1]);
    expect((await invoke('two')).payload).toEqual([1, 1]);
    expect('seen' in globalThis).toBe(false);
  });

  it('runs one invocation at a time: two at once take two environments', async () => {
    const { make, world, settled } = await testWorld();
    await make(
      'f',
      'let n = 0; exports.handler = async () => { n++; await new Promise((r) => setTimeout(r, 10)); return n; };',
    );
    const call = () => world.call('Lambda', 'Invoke', { FunctionName: 'f' });
    const answers = await settled(Promise.all([call(), call()]));
    expect(answers.map(({ Payload }) => String(Payload))).toEqual(['1', '1']);
  });

  it('sees virtual time everywhere', async () => {
    const { make, invoke } = await testWorld();
    await make(
      'f',
      `const { setTimeout: sleep } = require('node:timers/promises');
       const { performance: p2 } = require('node:perf_hooks');
       const real = Date;
       exports.handler = async (_event, context) => {
         const seen = [Date.now(), new Date().getTime(), Math.round(performance.now()), Math.round(p2.now())];
         await sleep(1000, undefined);
         await new Promise((resolve) => setTimeout(resolve, 500));
         const signal = AbortSignal.timeout(250);
         const reason = await new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason.name)));
         return { seen, later: Date.now(), left: context.getRemainingTimeInMillis(), reason, iso: new Date(0).toISOString(),
           instance: new Date() instanceof Date, text: typeof Date(), utc: Date.UTC(2020, 0, 1), hr: Number(process.hrtime.bigint() / 1000000n) };
       };`,
      { Timeout: 10 },
    );
    const began = performance.now();
    const { payload } = await invoke('f');
    expect(performance.now() - began).toBeLessThan(1500);
    expect(payload).toEqual({
      seen: [START, START, 0, 0],
      later: START + 1750,
      left: 8250,
      reason: 'TimeoutError',
      iso: '1970-01-01T00:00:00.000Z',
      instance: true,
      text: 'string',
      utc: Date.UTC(2020, 0, 1),
      hr: 1750,
    });
  });

  it('draws its randomness from the seed, and another seed draws another', async () => {
    const code = `const c = require('crypto');
      exports.handler = async () => [Math.random(), crypto.randomUUID(), c.randomUUID(), c.randomBytes(8).toString('hex'), c.randomInt(1000),
        Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex')];`;
    const draws: unknown[] = [];
    for (const seed of [1, 1, 2]) {
      const { make, invoke } = await testWorld({ seed });
      await make('f', code);
      draws.push((await invoke('f')).payload);
    }
    expect(draws[0]).toEqual(draws[1]);
    expect(draws[0]).not.toEqual(draws[2]);
    expect((draws[0] as string[])[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is frozen between invocations: what comes due then waits for the next one', async () => {
    const { make, invoke, pass, log } = await testWorld();
    const code =
      "exports.handler = async () => { console.log('begin'); setTimeout(() => console.log('fired'), 100); };";
    await make('f', code);
    const seen = () => log.filter(({ kind }) => kind === 'output').map(({ text }) => text);
    await invoke('f');
    await pass(60);
    expect(seen()).toEqual(['begin']);
    await invoke('f');
    expect(seen()).toEqual(['begin', 'fired', 'begin']);
  });

  it('is frozen for replies too', async () => {
    const { make, invoke, pass, log, world } = await testWorld();
    await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
    const code = `const { SQS } = require('@aws-sdk/client-sqs');
      exports.handler = async (e) => { if (e.poll) new SQS({}).receiveMessage({ QueueUrl: 'q', WaitTimeSeconds: 5 }).then(() => console.log('polled')); };`;
    await make('f', code);
    await invoke('f', { poll: true });
    await pass(60);
    expect(log.filter(({ text }) => text === 'polled')).toEqual([]);
    await invoke('f');
    expect(log.filter(({ text }) => text === 'polled')).toHaveLength(1);
  });

  it('has its variables, and its console goes to the log', async () => {
    const { make, invoke, log } = await testWorld();
    await make(
      'f',
      `exports.handler = async (_e, c) => { console.log('hello %s', 'you'); console.error({ a: 1 }); process.stdout.write('raw\\n');
         return [process.env.A, process.env.AWS_REGION, process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.HOME, c.functionName, c.invokedFunctionArn, c.memoryLimitInMB]; };`,
      { Environment: { Variables: { A: 'b' } }, MemorySize: 256 },
    );
    const { payload } = await invoke('f');
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    expect(payload).toEqual(['b', 'us-east-1', 'f', null, 'f', arn, '256']);
    const lines = log.filter((entry) => entry.kind === 'output').map(({ level, text }) => [level, text]);
    expect(lines).toEqual([
      ['info', 'hello you'],
      ['error', '{ a: 1 }'],
      ['info', 'raw'],
    ]);
  });
});

describe('a failing handler', () => {
  const cases: readonly [string, string, object][] = [
    [
      'an error',
      "exports.handler = async () => { throw new RangeError('too far'); };",
      { errorType: 'RangeError', errorMessage: 'too far' },
    ],
    [
      'a synchronous error',
      "exports.handler = () => { throw new Error('now'); };",
      { errorType: 'Error', errorMessage: 'now' },
    ],
    [
      'a named error',
      "exports.handler = async () => { throw Object.assign(new Error('m'), { name: 'IdeaMine.BadInput' }); };",
      { errorType: 'IdeaMine.BadInput', errorMessage: 'm' },
    ],
    [
      'text',
      "exports.handler = async () => { throw 'just text'; };",
      { errorType: 'string', errorMessage: 'just text' },
    ],
    [
      'an error in a timer',
      "exports.handler = () => new Promise(() => { setTimeout(() => { throw new TypeError('late'); }, 5); });",
      { errorType: 'TypeError', errorMessage: 'late' },
    ],
    [
      'the end of its process',
      'exports.handler = async () => { process.exit(3); };',
      { errorType: 'Runtime.ExitError' },
    ],
    [
      'a missing export',
      'exports.other = 1;',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
    [
      'a missing module',
      "require('left-pad'); exports.handler = async () => 1;",
      { errorType: 'Runtime.ImportModuleError' },
    ],
    ['bad syntax', 'exports.handler = async () => {{{', { errorType: 'Runtime.UserCodeSyntaxError' }],
    ['an error while loading', "throw new EvalError('no');", { errorType: 'EvalError', errorMessage: 'no' }],
    [
      'a callback handler',
      'exports.handler = (event, context, callback) => callback(null, 1);',
      { errorType: 'Runtime.CallbackHandlerDeprecated' },
    ],
    ['a result that is no JSON', 'exports.handler = async () => 1n;', { errorType: 'Runtime.MarshalError' }],
    [
      'a result too large',
      "exports.handler = async () => 'x'.repeat(7 * 1024 * 1024);",
      { errorType: 'Function.ResponseSizeTooLarge' },
    ],
  ];
  it.each(cases)('reports %s as Lambda does', async (_what, code, expected) => {
    const { make, invoke } = await testWorld();
    await make('f', code);
    const { payload, failed } = await invoke('f');
    expect(failed).toBe('Unhandled');
    expect(payload).toMatchObject(expected);
  });

  it('is stopped at its time limit, and the next invocation has a new environment', async () => {
    const { make, invoke } = await testWorld();
    await make(
      'f',
      'let n = 0; exports.handler = async (e) => { n++; if (e.hang) await new Promise(() => {}); return n; };',
      { Timeout: 7 },
    );
    expect((await invoke('f')).payload).toBe(1);
    const { payload, at } = await invoke('f', { hang: true });
    expect(payload.errorType).toBe('Sandbox.Timedout');
    expect(payload.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 7\.00 seconds$/);
    expect(at).toBe(START + 7000);
    expect((await invoke('f')).payload).toBe(1);
  });

  it('stays silent once its environment is dead', async () => {
    const { make, invoke, world, log } = await testWorld();
    await make(
      'f',
      "exports.handler = async () => { setTimeout(() => console.log('ghost'), 5000); await new Promise(() => {}); };",
      { Timeout: 3 },
    );
    await invoke('f');
    await world.run(() => false);
    expect(log.filter(({ text }) => text === 'ghost')).toEqual([]);
    // Its timers are gone, so nothing moved the clock.
    expect(world.fabric.clock.now()).toBe(START + 3000);
  });
});

describe('what a handler may require', () => {
  it('reads files of its own folder and no others', async () => {
    const { make, invoke } = await testWorld();
    await make('f', {
      'index.js': `const fs = require('node:fs'); const { join } = require('path'); const other = require('./other.js');
        exports.handler = async () => {
          const own = JSON.parse(fs.readFileSync(join(__dirname, 'data.json'), 'utf8'));
          const later = JSON.parse(await fs.promises.readFile(join(__dirname, 'data.json'), 'utf8'));
          const codes = [];
          for (const act of [() => fs.readFileSync('/etc/passwd'), () => fs.readFileSync(join(__dirname, '../x')), () => fs.writeFileSync(join(__dirname, 'y'), '')]) {
            try { act(); codes.push('done'); } catch (error) { codes.push(error.code); }
          }
          return [own, later, require('./data.json'), other, codes, fs.existsSync('/etc/passwd')];
        };`,
      'other.js': 'module.exports = { here: typeof require, when: Date.now() };',
      'data.json': '{"a":1}',
    });
    const { payload } = await invoke('f');
    expect(payload).toEqual([
      { a: 1 },
      { a: 1 },
      { a: 1 },
      { here: 'function', when: START },
      ['EACCES', 'EACCES', 'EACCES'],
      false,
    ]);
  });

  it.each(['net', 'node:http', 'https', 'child_process', 'node:worker_threads', 'dns', 'vm'])(
    'is refused %s in virtual time',
    async (name) => {
      const { make, invoke } = await testWorld();
      await make('f', `exports.handler = async () => { require('${name}'); };`);
      expect((await invoke('f')).payload.errorType).toBe('NotInVirtualTime');
    },
  );

  it('is refused what would end at a real moment, and offered its synchronous form', async () => {
    const { make, invoke } = await testWorld();
    await make(
      'f',
      `const crypto2 = require('crypto'); const zlib = require('zlib');
       exports.handler = async () => {
         const out = [zlib.gunzipSync(zlib.gzipSync('abc')).toString(), crypto2.createHash('sha256').update('a').digest('hex').slice(0, 4)];
         for (const act of [() => fetch('http://localhost'), () => crypto.subtle.digest('SHA-256', new Uint8Array()), async () => zlib.gzip('a', () => {}), async () => crypto2.scrypt('a', 'b', 8, () => {}), async () => new CompressionStream('gzip'), async () => new DecompressionStream('gzip')]) {
           try { await act(); out.push('done'); } catch (error) { out.push(error.name); }
         }
         return out;
       };`,
    );
    expect((await invoke('f')).payload).toEqual(['abc', 'ca97', ...Array(6).fill('NotInVirtualTime')]);
  });
});
