import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Account, leftOf, openAccount, reserve, settle } from '../../../core/budget/account.ts';
import { type Amount, amountOf, dimensions, nothing, phaseAmount, plus, sum } from '../../../core/budget/amount.ts';
import { splitAmount } from '../../../core/budget/split.ts';

const cap = amountOf({ tokens: 1000, toolMs: 600, usdMicros: 5000 });
const small = fc.record({ tokens: fc.nat(400), toolMs: fc.nat(300), usdMicros: fc.nat(2000) });
const atMost = (a: Amount, b: Amount): boolean => dimensions.every((one) => a[one] <= b[one]);
const cut = (whole: Amount, share: number): Amount => ({
  tokens: Math.floor(whole.tokens * share),
  toolMs: Math.floor(whole.toolMs * share),
  usdMicros: Math.floor(whole.usdMicros * share),
});

describe('an account', () => {
  it('never has more spent and reserved than its cap, and forgets nothing', () => {
    const step = fc.record({
      worst: small,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      settleNow: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let account: Account = openAccount(cap);
        let real = nothing;
        let pending: { worst: Amount; real: Amount }[] = [];
        for (const { worst, share, settleNow } of steps) {
          const reservation = reserve(account, worst);
          if (reservation.ok) {
            account = reservation.account;
            pending.push({ worst, real: cut(worst, share) });
          } else {
            expect(worst[reservation.short.dimension]).toBeGreaterThan(leftOf(account)[reservation.short.dimension]);
          }
          if (settleNow) {
            for (const one of pending) {
              const settled = settle(account, one.worst, one.real);
              expect(settled.overrun).toEqual(nothing);
              account = settled.account;
              real = plus(real, one.real);
            }
            pending = [];
          }
          expect(atMost(plus(account.spent, account.reserved), cap)).toBe(true);
          expect(account.spent).toEqual(real);
          expect(account.reserved).toEqual(sum(pending.map(({ worst: one }) => one)));
        }
      }),
    );
  });

  it('refuses a worst case that it cannot bear, naming what is short', () => {
    const refused = reserve(openAccount(cap), amountOf({ tokens: 10, usdMicros: 5001 }));
    expect(refused).toEqual({ ok: false, short: { dimension: 'usdMicros', wanted: 5001, left: 5000 } });
  });

  it('records a real cost above its reservation as it is, and says so', () => {
    const reservation = reserve(openAccount(cap), amountOf({ tokens: 10 }));
    const { account, overrun } = settle(
      (reservation as { account: Account }).account,
      amountOf({ tokens: 10 }),
      amountOf({ tokens: 15 }),
    );
    expect(account.spent.tokens).toBe(15);
    expect(overrun.tokens).toBe(5);
  });

  it('does not settle what was not reserved', () => {
    expect(() => settle(openAccount(cap), amountOf({ tokens: 1 }), nothing)).toThrow(
      'settling 1 tokens: expected them reserved, found 0',
    );
  });
});

it('what tasks leave returns to their phase: the sum of the leaves is the phase', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (uses) => {
      let phase = openAccount(cap);
      const shares = splitAmount(
        cap,
        uses.map(() => 1),
      );
      for (const share of shares) phase = (reserve(phase, share) as { account: Account }).account;
      expect(leftOf(phase)).toEqual(nothing);
      const spent = shares.map((share, index) => cut(share, uses[index] as number));
      shares.forEach((share, index) => {
        phase = settle(phase, share, spent[index] as Amount).account;
      });
      expect(phase.spent).toEqual(sum(spent));
      expect(plus(phase.spent, leftOf(phase))).toEqual(cap);
    }),
  );
});

describe('amounts', () => {
  it('are integers of 0 or more', () => {
    expect(() => amountOf({ tokens: -1 })).toThrow('tokens: expected an integer of 0 or more, found -1');
    expect(() => amountOf({ usdMicros: 0.5 })).toThrow('usdMicros: expected an integer of 0 or more, found 0.5');
  });

  it('of a phase count tool time in milliseconds', () => {
    const budget = { tokens: 50_000, toolMinutes: 5, wallMinutes: 15, usdMicros: 500_000 };
    expect(phaseAmount(budget)).toEqual({ tokens: 50_000, toolMs: 300_000, usdMicros: 500_000 });
  });
});
