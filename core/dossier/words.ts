// Numbers, times and names as people read them. English, UTC, the same on every machine.

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `22 Nov 2026, 19:31 UTC`. */
export function inTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** `22 Nov 19:31:05`: for lists whose year and zone are said elsewhere. */
export function inMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.toISOString().slice(11, 19)}`;
}

/** The two largest units: `2 h 5 min`, `3 min 20 s`, `850 ms`. */
export function inDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Micro-USD as dollars, to the micro where there is one: `$1.50`, `$0.000125`. */
export function inUsd(micros: number): string {
  const fraction = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `$${inNumber(Math.floor(micros / 1_000_000))}.${fraction}`;
}

export const inNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** 0 to 1 as percent, cut and not rounded: 0.9996 is not 100 %. */
export const inPercent = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10} %`;

/** Written in capitals wherever they stand. */
const ACRONYMS: Readonly<Record<string, string>> = Object.fromEntries(
  'API ASVS CPU GDPR GTM HTTP ID NFR NFRs OpenAPI PRD QA RTM SBOM SHA-256 URL UX WCAG'
    .split(' ')
    .map((word) => [word.toLowerCase().replace('-', ''), word]),
);

/** `targetUsers` and `user-stories` as `Target users` and `User stories`, `prd` as `PRD`, `uxFlows` as `UX flows`. */
export function asTitle(name: string): string {
  const whole = ACRONYMS[name.toLowerCase()];
  if (whole !== undefined) return whole;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[-_\s]+/)
    .map((word) => ACRONYMS[word.toLowerCase()] ?? word.toLowerCase());
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
