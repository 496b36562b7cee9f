// What a template holds, as a table for people: how large it is and how many resources of each kind, for the whole stack and with parts
// left out. CloudFormation takes 1 MB and 500 resources.

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

export const MOST_RESOURCES = 500;
export const MOST_BYTES = 1_000_000;

/** The variants of the stack that are counted, by what people call them. */
export const VARIANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'as it is': {},
  'observability=off': { observability: 'off' },
  'tools=off': { tools: 'off' },
  'archive=off, observability=off, signing=off, tools=off': {
    archive: 'off',
    observability: 'off',
    signing: 'off',
    tools: 'off',
  },
};

const BEGIN = '<!-- inventory: written by `npm run inventory` -->';
const END = '<!-- end of inventory -->';

/** @param templates template by name of the variant. @returns the page with its inventory replaced. */
export function withInventory(page: string, templates: Readonly<Record<string, Template>>): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no place for the inventory: ${BEGIN}`);
  return `${before}${BEGIN}\n\n${inventory(templates)}\n${END}${after}`;
}

function inventory(templates: Readonly<Record<string, Template>>): string {
  const rows = Object.entries(templates).map(
    ([name, template]) => `| ${name} | ${Object.keys(template.Resources).length} | ${kilobytes(template)} |`,
  );
  const whole = Object.values(templates)[0] as Template;
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(whole.Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const types = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${type} ${count}`);
  return [
    '| the stack | resources (of 500) | template (of 1,000 KB) |',
    '|---|---|---|',
    ...rows,
    '',
    `By type, as it is: ${types.map((each) => each.replace('AWS::', '')).join(', ')}.`,
    '',
  ].join('\n');
}

/** To the nearest ten, so that a word in a comment of a machine changes nothing. */
function kilobytes(template: Template): string {
  return `${Math.round(Buffer.byteLength(JSON.stringify(template)) / 10_000) * 10} KB`;
}
