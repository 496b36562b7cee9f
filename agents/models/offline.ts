// The offline provider: drafts by selecting sentences of the sources, never by writing.
// It walks the JSON Schema of the value, searches each claim by the field's name and description, and cites the exact
// span of what it takes. What no sentence supports is UNKNOWN. No key, no network, no randomness, no clock.

import { CLAIM_MARK, GROUNDS_MARK, type Grounds, UNKNOWN } from '../../core/artifacts/claim.ts';
import { TERMS_MARK } from '../../core/artifacts/fields.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../../core/json.ts';
import { type Passage, passagesOf } from '../text/passages.ts';
import { type Hit, indexPassages, type PassageIndex, type Query } from '../text/search.ts';
import { countPhrases, spoken, stems } from '../text/terms.ts';
import { countTokens } from '../text/tokens.ts';
import type { ModelProvider, ModelRequest, ModelResponse, ModelSource } from './provider.ts';

type Schema = { [key: string]: Json };

/** Weights of the parts of a query. */
const WEIGHT = { field: 1, cues: 0.5, parent: 0.4, instructions: 0.2, sibling: 0.5 };
/** A sentence is taken when its score is at least this share of the best one's for the same query. */
const SHARE_OF_BEST = { normal: 0.45, strict: 0.7 };
/** Distinct query words a sentence must have. */
const LEAST_MATCHED = { normal: 1, strict: 2 };
const INDEXES_KEPT = 64;

/** @returns a provider with its own cache of indexes; answers depend on the request alone. */
export function offlineProvider(): ModelProvider {
  const indexes = new Map<string, PassageIndex>();
  const answers = new WeakMap<ModelRequest, ModelResponse>();

  const answer = (request: ModelRequest): ModelResponse => {
    const known = answers.get(request);
    if (known !== undefined) return known;
    const index = cachedIndex(indexes, request.sources);
    const value = new Drafting(index, request).value(request.schema, [], '');
    const response: ModelResponse = {
      value,
      tokens: { input: inputTokens(index.passages, request), output: countTokens(canonicalJson(value)), cached: 0 },
      usdMicros: 0,
      provider: 'offline',
      model: 'extractive',
    };
    answers.set(request, response);
    return response;
  };

  return {
    id: 'offline',
    // Drafting is deterministic and free, so the bound is the answer's own size.
    worstCase(request) {
      const { tokens, usdMicros } = answer(request);
      return { tokens: tokens.input + tokens.output, usdMicros };
    },
    async generate(request, signal) {
      signal.throwIfAborted();
      return answer(request);
    },
  };
}

function cachedIndex(indexes: Map<string, PassageIndex>, sources: readonly ModelSource[]): PassageIndex {
  const key = sha256(canonicalJson(sources.map(({ source, content, under }) => ({ source, content, under }))));
  const index =
    indexes.get(key) ?? indexPassages(sources.flatMap((one) => passagesOf(one.source, one.content, one.under)));
  indexes.delete(key);
  indexes.set(key, index);
  const oldest = indexes.keys().next().value;
  if (indexes.size > INDEXES_KEPT && oldest !== undefined) indexes.delete(oldest);
  return index;
}

function inputTokens(passages: readonly Passage[], request: ModelRequest): number {
  return passages.reduce((sum, passage) => sum + countTokens(passage.text), countTokens(request.instructions));
}

/** One draft: remembers which passages it has used, so that no sentence fills two fields of one object. */
class Drafting {
  readonly #index: PassageIndex;
  readonly #request: ModelRequest;
  /** By their text, since the same sentence may be in several sources. */
  #used = new Set<string>();

  constructor(index: PassageIndex, request: ModelRequest) {
    this.#index = index;
    this.#request = request;
  }

  value(schema: Schema, above: readonly string[], pointer: string): Json {
    if (schema[CLAIM_MARK] === true) return this.#claim(this.#best(schema, this.#query(schema, above), 1)[0]);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return undecided(schema, pointer);
    const options = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
    if (options !== undefined) return this.#option(options, above, pointer);
    if (Array.isArray(schema.type) && schema.type.includes('null')) return null;
    switch (schema.type) {
      case 'object':
        return this.#object(schema, above, pointer);
      case 'array':
        return this.#array(schema, above, pointer);
      case 'string':
        return undecided(schema, pointer);
      case 'null':
        return null;
      default:
        throw cannot(pointer, `a ${String(schema.type)}: it measures and counts nothing`);
    }
  }

  /** Of a measured figure, the unmeasured form; of a nullable one, null. */
  #option(options: readonly Schema[], above: readonly string[], pointer: string): Json {
    const missing = options.find((option) => constantOf(option, 'status') === 'unmeasured');
    if (missing !== undefined) return { status: 'unmeasured', reason: 'the offline provider measures nothing' };
    if (options.some((option) => option.type === 'null')) return null;
    return this.value(options[0] as Schema, above, pointer);
  }

  #object(schema: Schema, above: readonly string[], pointer: string): Json {
    const usedAbove = this.#used;
    this.#used = new Set();
    const names = above.concat(typeof schema.description === 'string' ? [schema.description] : []);
    const value = Object.fromEntries(
      Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, property]) => {
        const named = { ...property, description: `${spoken(name)} ${String(property.description ?? '')}` };
        return [name, this.value(named, names, `${pointer}/${name}`)];
      }),
    );
    this.#used = usedAbove;
    return value;
  }

  #array(schema: Schema, above: readonly string[], pointer: string): Json {
    const item = schema.items as Schema;
    const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY;
    const about = above.concat(String(schema.description ?? ''));
    if (item[CLAIM_MARK] === true) {
      return inOrder(this.#best(item, this.#query(item, about), most)).map((hit) => this.#claim(hit));
    }
    if (item.type === 'object') return this.#records(item, about, most, pointer);
    return [];
  }

  /** Records: one for each sentence that grounds the first claim of the record; the rest is sought near it. */
  #records(item: Schema, above: readonly string[], most: number, pointer: string): Json {
    const properties = Object.entries((item.properties ?? {}) as Record<string, Schema>);
    const key = properties.find(([, property]) => property[CLAIM_MARK] === true);
    if (key === undefined) return [];
    const [keyName, keySchema] = key;
    const named = { ...keySchema, description: `${spoken(keyName)} ${String(keySchema.description ?? '')}` };
    const hits = inOrder(this.#best(named, this.#query(named, above), most));
    const claimed = hits.map((hit) => this.#claim(hit));
    return hits.map((hit, at) =>
      Object.fromEntries(
        properties.map(([name, property]) => {
          const place = `${pointer}/${at}/${name}`;
          if (name === keyName) return [name, claimed[at] as Json];
          if (typeof property.pattern === 'string') return [name, numbered(property.pattern, at + 1, place)];
          if (property[TERMS_MARK] !== undefined) return [name, decided(property, hit.passage)];
          const near = { ...property, description: `${spoken(name)} ${String(property.description ?? '')}` };
          return [name, this.#near(near, hit, place)];
        }),
      ),
    );
  }

  /**
   * Another field of a record, from a further sentence that shares its words: the record's own sentence says what the
   * record is, and would be no mitigation, test or reason of itself. Where the field has cues they must be there.
   */
  #near(schema: Schema, hit: Hit, pointer: string): Json {
    if (schema[CLAIM_MARK] !== true) return this.value(schema, [hit.passage.text], pointer);
    const grounds = (schema[GROUNDS_MARK] ?? {}) as Grounds;
    const shared = grounds.cues === undefined && !this.#request.strict ? 1 : 2;
    return this.#claim(this.#related(schema, { ...grounds, about: hit.passage.text, shared }, hit));
  }

  #related(schema: Schema, grounds: Grounds, hit: Hit): Hit | undefined {
    const near = { ...schema, [GROUNDS_MARK]: grounds as unknown as Json };
    return this.#best(near, [...this.#query(near, []), { text: hit.passage.text, weight: WEIGHT.sibling }], 1)[0];
  }

  /** The first two parts are the field's own words. */
  #query(schema: Schema, above: readonly string[]): Query {
    const { cues = [] } = (schema[GROUNDS_MARK] ?? {}) as Grounds;
    return [
      { text: String(schema.description ?? ''), weight: WEIGHT.field },
      { text: cues.join(' '), weight: WEIGHT.cues },
      ...above.map((text) => ({ text, weight: WEIGHT.parent })),
      { text: this.#request.instructions, weight: WEIGHT.instructions },
    ];
  }

  /** The best unused passages, best first, that share words with the field itself and come near the best score. */
  #best(schema: Schema, query: Query, most: number): Hit[] {
    const mode = this.#request.strict ? 'strict' : 'normal';
    const grounds = (schema[GROUNDS_MARK] ?? {}) as Grounds;
    const own = new Set(
      this.#index
        .search(query.slice(0, 2))
        .filter((hit) => hit.matched >= LEAST_MATCHED[mode])
        .map((hit) => hit.at),
    );
    const hits = this.#index.search(query).filter((hit) => own.has(hit.at) && supports(hit.passage, grounds));
    const floor = Number.isFinite(most) ? (hits[0]?.score ?? 0) * SHARE_OF_BEST[mode] : 0;
    const taken: Hit[] = [];
    for (const hit of hits) {
      if (taken.length === most) break;
      if (hit.score < floor || this.#used.has(hit.passage.text)) continue;
      this.#used.add(hit.passage.text);
      taken.push(hit);
    }
    return taken;
  }

  #claim(hit: Hit | undefined): Json {
    return hit === undefined
      ? { text: UNKNOWN, cites: [] }
      : { text: hit.passage.text, cites: [{ ...hit.passage.cite }] };
  }
}

function supports({ text, label }: Passage, { cues, notUnder, about, shared }: Grounds): boolean {
  if (about !== undefined && sharedStems(text, about) < (shared ?? 1)) return false;

  if (notUnder !== undefined && countPhrases(label, notUnder) > 0) return false;
  return cues === undefined || countPhrases(`${text} ${label}`, cues) > 0;
}

function sharedStems(one: string, other: string): number {
  const known = new Set(stems(other));
  return new Set(stems(one).filter((term) => known.has(term))).size;
}

function inOrder(hits: readonly Hit[]): Hit[] {
  return [...hits].sort((a, b) => a.at - b.at);
}

/** The name whose words occur most in the passage; those in the headings above it count twice. 'unknown' without any. */
function decided(schema: Schema, passage: Passage): Json {
  const terms = schema[TERMS_MARK] as Record<string, string[]>;
  let best = 'unknown';
  let most = 0;
  for (const [name, phrases] of Object.entries(terms)) {
    const found = countPhrases(passage.text, phrases) + 2 * countPhrases(passage.label, phrases);
    if (found > most) [best, most] = [name, found];
  }
  return best;
}

function undecided(schema: Schema, pointer: string): Json {
  const names = schema.enum as Json[] | undefined;
  if (names === undefined) return typeof schema.minLength === 'number' && schema.minLength > 0 ? UNKNOWN : '';
  if (names.includes('unknown')) return 'unknown';
  throw cannot(pointer, `one of ${names.join(', ')}: none of them means unknown`);
}

function numbered(pattern: string, number: number, pointer: string): Json {
  const value = pattern.replace(/^\^/, '').replace(/\\d\+\$$/, String(number));
  if (!new RegExp(pattern).test(value)) throw cannot(pointer, `a string of the form ${pattern}`);
  return value;
}

function constantOf(schema: Schema, property: string): Json | undefined {
  return (schema.properties as Record<string, Schema> | undefined)?.[property]?.const;
}

function cannot(pointer: string, what: string): IdeaMineError {
  return new IdeaMineError(
    'IdeaMine.Unsupported',
    `the offline provider cannot fill ${pointer || 'the root'} with ${what}`,
  );
}
