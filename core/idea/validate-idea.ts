// Takes an idea as bytes and says whether it is text that a run can start from. Whether there is enough in it is the
// intake gate's to say, which names the gaps.

import { withoutSecrets } from '../secrets.ts';

/** Bytes: about 40,000 words. What is longer is a document, not an idea, and would not fit a model's input. */
export const MAX_IDEA_BYTES = 256 * 1024;

type IdeaProblem = 'empty' | 'too-large' | 'binary' | 'not-utf-8';

export type IdeaCheck =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly problem: IdeaProblem;
      readonly found: string;
      readonly expected: string;
      readonly message: string;
    };

const EXPECTED = 'an idea in plain text, UTF-8';

/** The text as it is, but for a byte order mark and secrets, which are taken out, and line ends, which become `\n`. */
export function validateIdea(bytes: Uint8Array): IdeaCheck {
  if (bytes.length === 0) return refuse('empty', 'an empty file', EXPECTED);
  if (bytes.length > MAX_IDEA_BYTES) {
    return refuse('too-large', `${bytes.length} bytes`, `at most ${MAX_IDEA_BYTES} bytes (256 KiB)`);
  }
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const binary = looksBinary(bytes);
    return refuse(binary ? 'binary' : 'not-utf-8', binary ? 'binary data' : 'text that is not UTF-8', EXPECTED);
  }
  const control = firstControlCharacter(decoded);
  if (control !== null) return refuse('binary', `binary data (${control})`, EXPECTED);
  const text = decoded.replace(/\r\n?/g, '\n');
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty', 'no words', EXPECTED);
  return { ok: true, text: withoutSecrets(text) };
}

/** As `validateIdea`, for an idea that is text already, as in `{"idea": "..."}`. A lone surrogate is not UTF-8. */
export function validateIdeaText(text: string): IdeaCheck {
  if (!text.isWellFormed()) return refuse('not-utf-8', 'text with a broken character (lone surrogate)', EXPECTED);
  return validateIdea(new TextEncoder().encode(text));
}

function refuse(problem: IdeaProblem, found: string, expected: string): IdeaCheck {
  return {
    ok: false,
    problem,
    found,
    expected,
    message: `the idea cannot be read: found ${found}, expected ${expected}`,
  };
}

/** Control characters other than tab, line feed, form feed and carriage return do not occur in text. */
function firstControlCharacter(text: string): string | null {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const control = code < 32 ? ![9, 10, 12, 13].includes(code) : code === 127;
    if (control) return `U+${code.toString(16).toUpperCase().padStart(4, '0')} at character ${index + 1}`;
  }
  return null;
}

function looksBinary(bytes: Uint8Array): boolean {
  const control = bytes.subarray(0, 8192).filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return control > 0;
}
