// What a verb does to a record, as an API sees it.

export type VerbKind = 'create' | 'list' | 'update' | 'remove';

const KINDS: Readonly<Record<VerbKind, string>> = {
  create:
    'add create record register reserve book post publish submit send upload request invite order schedule enter log write ' +
    'lend donate report offer plan estimate collect import open start issue scan capture note',
  list: 'search find see view list browse filter export show check compare follow monitor look read know track download display appear visualise visualize count',
  update:
    'edit change update mark confirm approve return retire move accept reject complete set assign sign correct take choose ' +
    'expire answer decide swap rate stop pause use warn repair lock give hand pick',
  remove: 'delete remove cancel withdraw revoke',
};

const BY_VERB = new Map(
  Object.entries(KINDS).flatMap(([kind, verbs]) => verbs.split(' ').map((verb) => [verb, kind as VerbKind] as const)),
);

/** null for a verb that says nothing of records, such as `be` or `want`. */
export function verbKind(verb: string): VerbKind | null {
  return BY_VERB.get(verb) ?? null;
}
