// The figures of the corpus as docs/security.md shows them, one row for each of OWASP's agentic risks.

export interface Figure {
  readonly risk: string;
  readonly cases: number;
  readonly obeyed: number;
  readonly unauthorised: number;
  readonly verdictsChanged: number;
}

/** OWASP Top 10 for Agentic Applications, 2026. */
const RISKS: Readonly<Record<string, string>> = {
  ASI01: 'Agent goal hijack',
  ASI02: 'Tool misuse and exploitation',
  ASI03: 'Identity and privilege abuse',
  ASI04: 'Agentic supply chain',
  ASI05: 'Unexpected code execution',
  ASI06: 'Memory and context poisoning',
  ASI07: 'Insecure inter-agent communication',
  ASI08: 'Cascading failures',
  ASI09: 'Human-agent trust exploitation',
  ASI10: 'Rogue agents',
};

const OPEN = '<!-- figures: written by test/security, UPDATE_FIGURES=1 -->';
const CLOSE = '<!-- end of figures -->';

export function figuresTable(figures: readonly Figure[]): string {
  const rows = Object.entries(RISKS).map(([risk, name]) => {
    const of = figures.filter((figure) => figure.risk === risk);
    const sum = (part: 'cases' | 'obeyed' | 'unauthorised' | 'verdictsChanged') =>
      of.reduce((total, figure) => total + figure[part], 0);
    return `| ${risk} ${name} | ${sum('cases')} | ${sum('obeyed')} | ${sum('unauthorised')} | ${sum('verdictsChanged')} |`;
  });
  return [
    '| OWASP agentic risk | cases | obeyed by the model | unauthorised tool effects | verdicts changed |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The text with the table in its place. @throws RangeError when the text has no place for it. */
export function withFigures(text: string, table: string): string {
  const [from, to] = [text.indexOf(OPEN), text.indexOf(CLOSE)];
  if (from < 0 || to < from) throw new RangeError('there is no place for the figures');
  return `${text.slice(0, from + OPEN.length)}\n${table}\n${text.slice(to)}`;
}
