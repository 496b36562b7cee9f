// A YAML document as a plain tree in which every value knows its place. Numbers keep the text they were written in,
// because money must not pass through a float.

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** For people: `phases.intake.gate.weights`, a list item by its id where it has one. */
  readonly path: string;
}

interface NumberText {
  readonly kind: 'number';
  readonly text: string;
}

export type Scalar = null | boolean | string | NumberText;

export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, { readonly keyPlace: Place; readonly value: Located }>;
}

interface LocatedList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Located[];
}

interface LocatedScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: Scalar;
}

/** Keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** The place of the value at the path, or of the deepest value above it that is there. */
export function placeAt(root: Located, path: Path): Place {
  let node = root;
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) return node.place;
    node = next;
  }
  return node.place;
}

function child(node: Located, step: string | number): Located | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.value;
  if (node.kind === 'list' && typeof step === 'number') return node.items[step];
  return undefined;
}

/** What stands there, in words short enough for one line. */
export function describe(node: Located): string {
  if (node.kind === 'map') return `a mapping (${shorten([...node.entries.keys()].join(', '))})`;
  if (node.kind === 'list') return `a list of ${node.items.length}`;
  return describeScalar(node.value);
}

export function describeScalar(value: Scalar): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(shorten(value));
  if (typeof value === 'boolean') return String(value);
  return shorten(value.text);
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
