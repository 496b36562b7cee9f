// From a request to the text a model gets: the prompt files, filled in once, with everything others wrote in marked blocks.
// The mark is a hash over the data itself, so no text inside can hold it and end its own block.

import { canonicalJson, type Json, sha256 } from '../../core/json.ts';
import type { ModelRequest } from './provider.ts';
import { at } from './quotes.ts';

/** Texts of the prompt files by name, such as `system.md`. */
export type Prompts = Readonly<Record<string, string>>;

export interface FilledPrompt {
  readonly system: string;
  readonly user: string;
  /** SHA-256 over the names and texts of the files used. */
  readonly hash: string;
}

interface Block {
  readonly kind: 'source' | 'note' | 'answer';
  readonly name: string;
  readonly text: string;
}

/** @throws RangeError when a file is missing. */
export function fillPrompt(request: ModelRequest, prompts: Prompts): FilledPrompt {
  const names = ['system.md', 'draft.md'];
  if (request.prompt !== undefined) names.push(request.prompt);
  if (request.strict) names.push('strict.md');
  if (request.repair !== undefined) names.push('repair.md');
  const files = names.map((name) => [name, textOf(prompts, name)] as const);
  const blocks = blocksOf(request);
  const mark = sha256(canonicalJson(blocks as unknown as Json)).slice(0, 32);
  const values = {
    mark,
    artifact: request.artifact,
    instructions: request.instructions,
    faults: request.repair?.faults ?? '',
    data: blocks.map((block) => written(block, mark)).join('\n\n'),
  };
  const [system, draft, ...more] = files.map(([, text]) => filled(text, values)) as [string, string, ...string[]];
  return { system, user: [...more, draft].join('\n\n'), hash: sha256(canonicalJson(files as unknown as Json)) };
}

function textOf(prompts: Prompts, name: string): string {
  const text = prompts[name];
  if (text === undefined) throw new RangeError(`there is no prompt file ${name}`);
  return text;
}

function blocksOf({ sources, notes = [], repair }: ModelRequest): Block[] {
  return [
    ...sources.map(
      ({ source, content, under }): Block => ({ kind: 'source', name: source, text: text(at(content, under)) }),
    ),
    ...notes.map(({ label, content }): Block => ({ kind: 'note', name: label, text: text(content) })),
    ...(repair === undefined ? [] : [{ kind: 'answer', name: 'your answer before', text: repair.answer } as const]),
  ];
}

const text = (content: Json | undefined): string =>
  typeof content === 'string' ? content : JSON.stringify(content ?? null, null, 1);

/** A label may come from outside too: it stays on one line and inside its quotes. */
const written = ({ kind, name, text }: Block, mark: string): string =>
  `<data ${mark} ${kind}=${JSON.stringify(name.slice(0, 100))}>\n${text}\n</data ${mark}>`;

/** One pass: what a value holds is never filled in again. */
const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.trim().replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
