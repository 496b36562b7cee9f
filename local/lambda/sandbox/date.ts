// A `Date` on the world's clock. It shares the real prototype, so dates made inside and outside are `instanceof` each other's class.

export function sandboxDate(now: () => number): DateConstructor {
  function SandboxDate(this: unknown, ...parts: unknown[]): Date | string {
    if (!new.target) return new Date(now()).toString();
    return Reflect.construct(Date, parts.length === 0 ? [now()] : parts, new.target) as Date;
  }
  Object.defineProperty(SandboxDate, 'name', { value: 'Date' });
  Object.defineProperty(SandboxDate, 'length', { value: 7 });
  SandboxDate.prototype = Date.prototype;
  SandboxDate.now = () => now();
  SandboxDate.parse = Date.parse;
  SandboxDate.UTC = Date.UTC;
  return SandboxDate as unknown as DateConstructor;
}
