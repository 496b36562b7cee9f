// One message, from claim to answer:
//   1. row first, signal second; then the token is forgotten
//   2. duplicates, late and redelivered messages change nothing; one of a committed task tells again
//   3. a worker whose lease or token is gone stops quietly, whatever its agent computes
//   4. near the time limit the same token goes back to the queue, and what was finished is not done again
//   5. a failure is recorded under the lease, then told with its code

import { afterEach, describe, expect, it } from '@jest/globals';
import { IdeaMineError, Transient } from '../../../core/errors.ts';
import { watchProgress } from '../../../core/resilience/progress-watch.ts';
import { keepLease } from '../../../lambdas/worker/lease-keeper.ts';
import { work } from '../../../lambdas/worker/work.ts';
import { loadCheckpoint } from '../../../store/checkpoints.ts';
import { outboxKey } from '../../../store/keys.ts';
import type { OutboxRow } from '../../../store/outbox.ts';
import { getRow } from '../../../store/table.ts';
import { retryTask, supersedeTask } from '../../../store/task-outcome.ts';
import { quietLog } from '../recorders.ts';
import { type Bench, gate, INVOCATION_MS, openBench } from './bench.ts';

let bench: Bench;
afterEach(() => bench.tables.world.close());

const result = { artifacts: { IdeaSpec: { title: 'shed' } } };
const answers = (): string[] => bench.said.filter((line) => !line.startsWith('beat'));
const outbox = () => getRow<OutboxRow>(bench.tables.table, outboxKey('r1', 'task.intake#01#001#001#intake'));

describe('a task that goes well', () => {
  it('is committed with its outbox entry, then told, then forgotten', async () => {
    bench = await openBench({ run: async (ctx) => ctx.step('one', () => result) });
    await bench.deliver();
    expect(await bench.row()).toMatchObject({ status: 'committed', progress: 1 });
    expect((await bench.row()).token).toBeUndefined();
    expect(answers()).toEqual(['succeed token-1']);
    const [task, cost] = (await outbox())?.entries ?? [];
    expect(task).toMatchObject({ kind: 'task', body: { outcome: 'committed', steps: [{ name: 'one', runs: 1 }] } });
    expect(cost).toMatchObject({ kind: 'cost', body: { tokens: 0, usdMicros: 0 } });
    expect((await outbox())?.events).toMatchObject([{ type: 'phase.progress', phase: 'intake' }]);
    expect(JSON.stringify(await outbox())).not.toContain('token-1');
  });

  it('beats every minute into its row and to Step Functions', async () => {
    const open = gate();
    bench = await openBench({ run: () => open.opened.then(() => result) });
    const done = bench.deliver();
    await bench.clock.advance(125_000);
    expect((await bench.row()).heartbeatAt).not.toBe((await bench.row()).startedAt);
    const beats = bench.said.length;
    expect(beats).toBeGreaterThanOrEqual(3);
    open.open();
    await done;
    await bench.clock.advance(300_000);
    expect(bench.said.filter((line) => line.startsWith('beat'))).toHaveLength(beats);
  });
});

describe('a message that is not wanted', () => {
  it('of a committed task tells again and runs nothing [safety: redrive]', async () => {
    let runs = 0;
    bench = await openBench({
      run: async () => {
        runs += 1;
        return result;
      },
    });
    await bench.deliver();
    await bench.deliver();
    expect(runs).toBe(1);
    expect(answers()).toEqual(['succeed token-1', 'succeed token-1']);
  });

  it('that is a duplicate of one being worked on does nothing [safety: duplicates]', async () => {
    const open = gate();
    let runs = 0;
    bench = await openBench({
      run: async () => {
        runs += 1;
        await open.opened;
        return result;
      },
    });
    const first = bench.deliver();
    await bench.clock.settle();
    await Promise.all(Array.from({ length: 100 }, () => bench.deliver()));
    expect(answers()).toEqual([]);
    open.open();
    await first;
    expect(runs).toBe(1);
    expect(answers()).toEqual(['succeed token-1']);
  });

  it('of an older try says nothing, though its task is open', async () => {
    bench = await openBench({ run: async () => result });
    const retry = { delaySeconds: 0, strict: false, move: {}, failures: [] };
    await retryTask(bench.tables.table, await bench.row(), retry, { id: 'x', at: bench.clock.now() });
    await bench.deliver({ try: 1 });
    expect(bench.said).toEqual([]);
    expect((await bench.row()).status).toBe('planned');
  });

  it('whose token nobody waits for is let go, and nothing is run [safety: late-token]', async () => {
    let runs = 0;
    bench = await openBench({
      run: async () => {
        runs += 1;
        return result;
      },
    });
    bench.answerBeat = 'gone';
    await bench.deliver();
    expect(runs).toBe(0);
    expect((await bench.row()).status).toBe('planned');
  });

  it('takes over from a claim whose token has died, when its own is heard', async () => {
    const never = gate();
    let runs = 0;
    bench = await openBench({
      run: async () => {
        runs += 1;
        if (runs === 1) await never.opened;
        return result;
      },
    });
    void bench.deliver({ token: 'dead' });
    await bench.clock.settle();
    await bench.deliver({ token: 'living' });
    expect((await bench.row()).status).toBe('committed');
    expect(answers()).toEqual(['succeed living']);
  });
});

describe('a worker that has lost its task', () => {
  it('drops its result when the sweep took the claim [safety: duplicates]', async () => {
    const open = gate();
    bench = await openBench({ run: () => open.opened.then(() => result) });
    const done = bench.deliver();
    await bench.clock.settle();
    const failure = { try: 1, code: 'IdeaMine.Stalled', cause: '', at: bench.clock.now() };
    await supersedeTask(bench.tables.table, await bench.row(), failure, { id: 's', at: bench.clock.now() });
    open.open();
    await done;
    expect(answers()).toEqual([]);
    expect((await bench.row()).status).toBe('superseded');
    expect(await outbox()).toBeUndefined();
  });

  it('stops at the next beat, though its agent goes on', async () => {
    const never = gate();
    bench = await openBench({ run: () => never.opened.then(() => result) });
    const done = bench.deliver();
    await bench.clock.settle();
    bench.answerBeat = 'gone';
    await bench.clock.advance(61_000);
    await done;
    expect(answers()).toEqual([]);
    expect((await bench.row()).status).toBe('planned');
  });

  it('beats Step Functions less often while that throttles, and its row as often as ever [safety: heartbeat-quota]', async () => {
    const open = gate();
    bench = await openBench({
      async run(ctx) {
        for (let n = 0; n < 16; n += 1) await ctx.step(`wait ${n}`, () => bench.sleep(61_000));
        await open.opened;
        return result;
      },
    });
    const done = bench.deliver({}, 2_400_000);
    await bench.clock.settle();
    bench.answerBeat = 'busy';
    const from = bench.said.length;
    await bench.clock.advance(15 * 60_000);
    expect(bench.said.length - from).toBeLessThanOrEqual(6);
    const silentMs = Date.parse(bench.clock.now()) - Date.parse((await bench.row()).heartbeatAt ?? '');
    expect(silentMs).toBeLessThanOrEqual(61_000);
    bench.answerBeat = 'heard';
    const before = bench.said.length;
    await bench.clock.advance(8 * 60_000);
    expect(bench.said.length - before).toBeGreaterThanOrEqual(4);
    open.open();
    await done;
  });

  it('beats up to a tenth early, so that many workers do not beat in step [safety: heartbeat-quota]', async () => {
    const delays: number[] = [];
    for (const task of ['a', 'b', 'c', 'd']) {
      const lease = { name: { runId: 'r', phase: 'p', attempt: 1, round: 1, wave: 1, task }, epoch: 1 };
      const timers = {
        after(ms: number) {
          delays.push(ms);
          return () => undefined;
        },
      };
      keepLease({ ...bench.deps, timers, watch: watchProgress(0.005) }, lease, 't');
    }
    expect(new Set(delays).size).toBe(delays.length);
    for (const ms of delays) expect(ms).toBeGreaterThanOrEqual(54_000);
    for (const ms of delays) expect(ms).toBeLessThanOrEqual(60_000);
  });

  it('goes on when a beat is throttled [safety: heartbeat-quota]', async () => {
    const open = gate();
    bench = await openBench({ run: () => open.opened.then(() => result) });
    const done = bench.deliver();
    await bench.clock.settle();
    bench.answerBeat = 'busy';
    await bench.clock.advance(125_000);
    open.open();
    await done;
    expect(answers()).toEqual(['succeed token-1']);
  });
});

describe('near the time limit', () => {
  it('puts the same token back, try unchanged, and the next invocation goes on from the last step [safety: fifteen-minutes]', async () => {
    const runs: string[] = [];
    const never = gate();
    bench = await openBench({
      async run(ctx) {
        runs.push(`resumed ${ctx.resumed}`);
        await ctx.step('first', () => runs.push('first'));
        await ctx.checkpoint({ at: 'first' });
        await ctx.checkpoint({ at: 'later' });
        if (ctx.resumed === null) await never.opened;
        await ctx.step('second', () => runs.push('second'));
        return result;
      },
    });
    const first = bench.deliver();
    await bench.clock.advance(INVOCATION_MS - 60_000);
    await first;
    expect(answers()).toEqual([]);
    expect(bench.sent).toMatchObject([{ token: 'token-1', try: 1, continuation: 1 }]);
    expect(await bench.row()).toMatchObject({ status: 'continuing', continuation: 1, try: 1 });
    expect(await loadCheckpoint(bench.tables.table, bench.tables.bucket, await bench.row())).toEqual({ at: 'later' });
    await bench.deliver(bench.sent[0]);
    expect(runs).toEqual(['resumed null', 'first', 'resumed first', 'second']);
    expect(answers()).toEqual(['succeed token-1']);
    const [task] = (await outbox())?.entries ?? [];
    expect(task?.body).toMatchObject({
      steps: [
        { name: 'first', runs: 1 },
        { name: 'second', runs: 1 },
      ],
    });
  });

  it('leaves behind an agent that does not listen: what it still finishes is refused', async () => {
    const open = gate();
    let late: Promise<unknown> = Promise.resolve();
    bench = await openBench({
      run(ctx) {
        late = open.opened.then(() => ctx.step('late', () => 1));
        return late.then(() => result);
      },
    });
    const done = bench.deliver();
    await bench.clock.advance(INVOCATION_MS - 60_000);
    await done;
    open.open();
    await expect(late).rejects.toThrow();
    expect((await bench.row()).status).toBe('continuing');
  });
});

describe('a task that fails', () => {
  it('is recorded, then told with its code and a cause without secrets', async () => {
    bench = await openBench({
      run: () => Promise.reject(new IdeaMineError('IdeaMine.RateLimit', 'throttled, api_key=sk-abcdefghijklmnop1234')),
    });
    await bench.deliver();
    expect(await bench.row()).toMatchObject({ status: 'failed', failures: [{ try: 1, code: 'IdeaMine.RateLimit' }] });
    expect(answers()).toHaveLength(1);
    expect(answers()[0]).toContain('fail token-1 IdeaMine.RateLimit');
    expect(answers()[0]).not.toContain('sk-abc');
  });

  it('tells again when its message comes back', async () => {
    bench = await openBench({ run: () => Promise.reject(new IdeaMineError('IdeaMine.Schema', 'does not fit')) });
    await bench.deliver();
    await bench.deliver();
    expect(answers()).toEqual([
      'fail token-1 IdeaMine.Schema does not fit',
      'fail token-1 IdeaMine.Schema does not fit',
    ]);
  });

  it('never shows its token in the log [safety: token-leak]', async () => {
    bench = await openBench({ run: () => Promise.reject(new Error('broken')) });
    await bench.deliver();
    await bench.deliver();
    expect(bench.logged.join('\n')).not.toContain('token-1');
  });
});

describe('a lost reply', () => {
  const commands = ['claim', 'commit', 'fail', 'continue'] as const;
  const expression: Record<(typeof commands)[number], RegExp> = {
    claim: /epoch = :next/,
    commit: /committedAt = :at/,
    fail: /#status = :failed/,
    continue: /continuation = continuation/,
  };

  it.each(['claim', 'commit'] as const)(
    'to the %s changes nothing: the task is done once and told [safety: lost-reply]',
    async (which) => {
      let runs = 0;
      bench = await openBench({
        run: async () => {
          runs += 1;
          return result;
        },
      });
      const lost = loseReplyOnce(bench, expression[which]);
      const done = bench.deliver();
      await bench.clock.advance(1000);
      await done;
      expect(lost()).toBe(true);
      expect(runs).toBe(1);
      expect((await bench.row()).status).toBe('committed');
      expect(answers()).toEqual(['succeed token-1']);
    },
  );

  it('to the failure changes nothing: it is recorded once and told', async () => {
    bench = await openBench({ run: () => Promise.reject(new IdeaMineError('IdeaMine.Schema', 'does not fit')) });
    const lost = loseReplyOnce(bench, expression.fail);
    const done = bench.deliver();
    await bench.clock.advance(1000);
    await done;
    expect(lost()).toBe(true);
    expect((await bench.row()).failures).toHaveLength(1);
    expect(answers()).toEqual(['fail token-1 IdeaMine.Schema does not fit']);
  });

  it('to the giving back still puts the message back', async () => {
    const never = gate();
    bench = await openBench({ run: () => never.opened.then(() => result) });
    const lost = loseReplyOnce(bench, expression.continue);
    const done = bench.deliver();
    await bench.clock.advance(INVOCATION_MS);
    await done;
    expect(lost()).toBe(true);
    expect(bench.sent).toMatchObject([{ continuation: 1 }]);
  });

  it('that goes on and on is given up to the queue', async () => {
    bench = await openBench({ run: async () => result });
    bench.deps.tokens.beat = () => Promise.reject(timeout());
    const done = bench.deliver();
    const refused = expect(done).rejects.toThrow('the reply was lost');
    await bench.clock.advance(60_000);
    await refused;
  });
});

const timeout = () => Object.assign(new Error('the reply was lost'), { name: 'TimeoutError' });

/** The call reaches the service, its reply does not come back: once. The answer tells whether it has happened. */
function loseReplyOnce({ tables }: Bench, which: RegExp): () => boolean {
  const { documents } = tables.table;
  const send = documents.send.bind(documents);
  let lost = false;
  Object.assign(documents, {
    async send(command: { input: object }) {
      const answer = await send(command as Parameters<typeof send>[0]);
      if (lost || !which.test(JSON.stringify(command.input))) return answer;
      lost = true;
      throw timeout();
    },
  });
  return () => lost;
}

describe('an answer that Step Functions throttles', () => {
  it('is said again, after longer and longer waits, until it is heard [safety: send-storm]', async () => {
    bench = await openBench({ run: async () => result });
    let throttled = 3;
    const { tokens } = bench.deps;
    const said: number[] = [];
    const deps = {
      ...bench.deps,
      tokens: {
        ...tokens,
        async succeed(token: string, output: object) {
          said.push(Date.parse(bench.clock.now()));
          throttled -= 1;
          if (throttled >= 0) throw new Transient('Step Functions throttles the answer to a task');
          return tokens.succeed(token, output);
        },
      },
    };
    const done = work(deps, bench.message(), { owner: 'w', remainingMs: INVOCATION_MS }, quietLog);
    await bench.clock.advance(60_000);
    await done;
    expect(answers()).toEqual(['succeed token-1']);
    const waits = said.slice(1).map((ms, index) => ms - (said[index] ?? 0));
    expect(waits).toEqual([500, 1000, 2000]);
    expect((await bench.row()).token).toBeUndefined();
  });
});
