// Reads one English sentence: its words with their part of speech and their base form. The tagging is compromise's.

import { IdeaMineError } from '../../core/errors.ts';

type Tagger = typeof import('compromise/two').default;

let tagger: Tagger | undefined;

/** Loads the tagger. Its word lists take longer than all else an environment does at its start, so only who reads sentences waits. */
export async function loadGrammar(): Promise<void> {
  tagger ??= (await import('compromise/two')).default;
}

export interface Word {
  /** Lower case, without punctuation. */
  readonly text: string;
  /** Singular of a noun, infinitive of a verb; otherwise as `text`. */
  readonly base: string;
  readonly part: 'noun' | 'verb' | 'modal' | 'determiner' | 'preposition' | 'conjunction' | 'other';
  /** Punctuation follows it, so no phrase goes on across it. */
  readonly ends: boolean;
}

interface Term {
  readonly normal: string;
  readonly root?: string;
  readonly post: string;
  readonly tags: ReadonlySet<string>;
}

/** A dash inside a word would split it: e-mail is one thing. @throws IdeaMineError before `loadGrammar` is done */
export function readWords(sentence: string): Word[] {
  if (tagger === undefined) {
    throw new IdeaMineError(
      'IdeaMine.AgentBroken',
      'sentences are read before `prepare: loadGrammar` has been awaited',
    );
  }
  const doc = tagger(sentence.replace(/\be-mail/gi, 'email'));
  doc.compute('root');
  const terms = (doc as unknown as { docs: Term[][] }).docs.flat();
  return terms.flatMap((term, at) => (term.normal === '' ? [] : [wordOf(term, terms[at - 1])]));
}

const POSSESSIVES = new Set(['its', 'their', 'his', 'her', 'our', 'my', 'your', 'own']);

function wordOf(term: Term, before: Term | undefined): Word {
  const text = term.normal.replace(/['’]s?$/, '');
  const part = POSSESSIVES.has(text) ? 'determiner' : partOf(term, before);
  const isTrueNoun = part !== 'noun' || term.tags.has('Noun');
  const base = isTrueNoun ? (term.root ?? text).replace(/['’]s?$/, '') : text;
  return { text, base, part, ends: /[,;:.!?)]/.test(term.post) };
}

function partOf({ tags }: Term, before: Term | undefined): Word['part'] {
  const afterArticle = before?.tags.has('Determiner') === true;
  if (tags.has('Modal')) return 'modal';
  if (tags.has('Determiner')) return 'determiner';
  if (tags.has('Pronoun')) return 'other';
  // `a spraying`, `the sample`: an article makes a noun of what looks like a verb.
  if (tags.has('Noun') || (afterArticle && (tags.has('Gerund') || tags.has('Infinitive')))) return 'noun';
  if (tags.has('Verb')) return 'verb';
  if (tags.has('Preposition')) return 'preposition';
  if (tags.has('Conjunction')) return 'conjunction';
  return 'other';
}
