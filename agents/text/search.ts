// Ranks passages for a query: BM25 over the text and the label of each passage (minisearch), on stems.

import MiniSearch from 'minisearch';
import type { Passage } from './passages.ts';
import { stem } from './terms.ts';

export interface Hit {
  /** Place of the passage in the list that was indexed. */
  readonly at: number;
  readonly passage: Passage;
  readonly score: number;
  /** Distinct stems of the query that the passage's own text, or its label, has. */
  readonly matched: number;
}

/** A query: each part's words count with the part's weight. */
export type Query = readonly { readonly text: string; readonly weight: number }[];

export interface PassageIndex {
  readonly passages: readonly Passage[];
  /** Best first; ties in document order. */
  search(query: Query): Hit[];
}

const LABEL_BOOST = 2;

export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const index = new MiniSearch<{ id: number; text: string; label: string }>({
    fields: ['text', 'label'],
    tokenize: (text) => text.match(/[\p{L}\p{N}'’]+/gu) ?? [],
    processTerm: (term) => stem(term),
  });
  index.addAll(passages.map((passage, id) => ({ id, text: passage.text, label: passage.label })));
  return {
    passages,
    search(query) {
      const weights = weigh(query);
      const hits = index.search([...weights.keys()].join(' '), {
        processTerm: (term) => term,
        boost: { label: LABEL_BOOST },
        boostTerm: (term) => weights.get(term) ?? 1,
      });
      return hits
        .map((hit): Hit => {
          const at = hit.id as number;
          return { at, passage: passages[at] as Passage, score: hit.score, matched: new Set(hit.queryTerms).size };
        })
        .sort((a, b) => b.score - a.score || a.at - b.at);
    },
  };
}

function weigh(query: Query): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of query) {
    for (const word of part.text.match(/[\p{L}\p{N}'’]+/gu) ?? []) {
      const term = stem(word);
      if (term !== null) weights.set(term, Math.max(weights.get(term) ?? 0, part.weight));
    }
  }
  return weights;
}
