// Fetches the idea and checks that it is text a run can start from. Only objects of the run's own bucket are read.

import { BadInput } from '../../core/errors.ts';
import { MAX_IDEA_BYTES, validateIdea, validateIdeaText } from '../../core/idea/validate-idea.ts';
import { type Bucket, getBytes } from '../../store/objects.ts';

/** Where ideas are put to be run: the only prefix that may be named. */
const PREFIX = 'ideas/';

/** @throws BadInput saying what was found and what was expected. */
export async function readIdea(
  bucket: Bucket,
  idea: { readonly text: string } | { readonly uri: string },
): Promise<string> {
  const check = 'text' in idea ? validateIdeaText(idea.text) : validateIdea(await fetchIdea(bucket, idea.uri));
  if (!check.ok) throw new BadInput(check.message);
  return check.text;
}

async function fetchIdea(bucket: Bucket, uri: string): Promise<Uint8Array> {
  const own = `s3://${bucket.name}/${PREFIX}`;
  if (!uri.startsWith(own)) throw new BadInput(`ideaUri: found ${uri}, expected an object under ${own}`);
  const found = await getBytes(bucket, uri.slice(`s3://${bucket.name}/`.length), MAX_IDEA_BYTES);
  if (found === undefined) throw new BadInput(`ideaUri: there is no object ${uri}`);
  if (found.bytes === undefined) {
    throw new BadInput(`ideaUri: found ${found.size} bytes, expected at most ${MAX_IDEA_BYTES} bytes (256 KiB)`);
  }
  return found.bytes;
}
