// Money as people read it; inside, it is always whole micro-USD.

/** 30_800_000 -> `30.80 USD`; amounts below a cent keep their digits. */
export function usd(micros: number): string {
  const digits = micros % 10_000 === 0 ? 2 : 6;
  return `${(micros / 1_000_000).toFixed(digits)} USD`;
}

/** `2.5` -> 2_500_000, exactly, from the text; null when it is no amount of money. */
export function parseUsd(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
}
