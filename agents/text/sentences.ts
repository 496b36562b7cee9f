// Splits text into sentences with their exact places. Knows enough Markdown to tell headings, list items and
// paragraphs apart; a sentence carries the headings it stands under. Sentence ends are found by Intl.Segmenter.

export interface Sentence {
  /** The sentence as it reads: white space collapsed, emphasis marks taken out. */
  readonly text: string;
  /** UTF-16 span in the original text. */
  readonly start: number;
  readonly end: number;
  /** Headings above it, outermost first, without the document's title. */
  readonly headings: readonly string[];
  readonly kind: 'title' | 'item' | 'prose';
}

interface Block {
  readonly start: number;
  end: number;
  readonly kind: 'heading' | 'item' | 'prose';
  readonly level: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const ABBREVIATION = /(?:\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|approx|e\.g|i\.e)\.)\s*$/;

/** Sentences in the order of the text. Same text, same result. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let headings: string[] = [];
  for (const block of blocksOf(text)) {
    if (block.kind === 'heading') {
      const title = readable(text.slice(block.start, block.end));
      if (!/[\p{L}\p{N}]/u.test(title)) continue;
      if (block.level === 1 && sentences.length === 0) {
        sentences.push({ text: title, start: block.start, end: block.end, headings: [], kind: 'title' });
      } else {
        headings = [...headings.slice(0, Math.max(0, block.level - 2)), title];
      }
      continue;
    }
    for (const [start, end] of spansOf(text, block)) {
      const sentence = readable(text.slice(start, end));
      if (/[\p{L}\p{N}]/u.test(sentence)) sentences.push({ text: sentence, start, end, headings, kind: block.kind });
    }
  }
  return sentences;
}

/** How a span of a source reads as a statement. */
export function readable(span: string): string {
  return span
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  const line = /[^\n]*(?:\n|$)/g;
  for (let match = line.exec(text); match !== null && match[0] !== ''; match = line.exec(text)) {
    const raw = match[0];
    const at = match.index;
    const heading = /^\s{0,3}(#{1,6})\s+/.exec(raw);
    const item = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/.exec(raw);
    const end = at + raw.trimEnd().length;
    if (raw.trim() === '' || /^\s*(?:```|~~~|[-*_]{3,}\s*$|\|[-:| ]+\|\s*$)/.test(raw)) {
      open = null;
    } else if (heading !== null) {
      open = null;
      blocks.push({ start: at + heading[0].length, end, kind: 'heading', level: (heading[1] ?? '').length });
    } else if (item !== null) {
      open = { start: at + item[0].length, end, kind: 'item', level: 0 };
      blocks.push(open);
    } else if (open !== null) {
      open.end = end;
    } else {
      open = { start: at + (raw.length - raw.trimStart().length), end, kind: 'prose', level: 0 };
      blocks.push(open);
    }
  }
  return blocks;
}

function spansOf(text: string, block: Block): [number, number][] {
  // A line break inside a block is a space of the same length, so offsets stay true.
  const flat = text.slice(block.start, block.end).replace(/\s/g, ' ');
  const spans: [number, number][] = [];
  let start = 0;
  for (const { segment, index } of segmenter.segment(flat)) {
    const end = index + segment.length;
    if (ABBREVIATION.test(flat.slice(start, end)) && end < flat.length) continue;
    const lead = flat.slice(start, end).length - flat.slice(start, end).trimStart().length;
    const trimmed = flat.slice(start, end).trim().length;
    if (trimmed > 0) spans.push([block.start + start + lead, block.start + start + lead + trimmed]);
    start = end;
  }
  return spans;
}
