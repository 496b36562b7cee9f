// Cassettes on the command line: `--record FILE` writes what hosted models answered in a run, `--recorded FILE` answers every
// tier of a run from such a file.

import { writeFileSync } from 'node:fs';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { cassetteOf, type Recording, readCassette } from '../agents/models/recorded.ts';
import { sha256 } from '../core/json.ts';
import type { Pipeline } from '../core/pipeline/model.ts';
import { objects } from '../store/keys.ts';
import { type Bucket, putText } from '../store/objects.ts';
import { readUserFile } from './files.ts';

/** @throws BadInput when the file is no cassette. */
export function cassetteText(file: string): string {
  const text = new TextDecoder().decode(readUserFile(file, 'cassette'));
  readCassette(text, file);
  return text;
}

/** Every tier answered by the cassette. */
export function recorded(pipeline: Pipeline, text: string): Pipeline {
  const choice = { provider: 'recorded', model: sha256(text) };
  return { ...pipeline, models: Object.fromEntries(Object.keys(pipeline.models).map((tier) => [tier, choice])) };
}

export const pushCassette = (bucket: Bucket, text: string): Promise<void> =>
  putText(bucket, objects.cassette(sha256(text)), text, 'application/json');

/** @returns how many answers were written; none when no hosted model was asked. */
export async function recordCassette(bucket: Bucket, runId: string, file: string): Promise<number> {
  const prefix = objects.answers(runId);
  const answers = new Map<string, Recording>();
  for (let from: string | undefined; ; ) {
    const page = await bucket.client.send(
      new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, ContinuationToken: from }),
    );
    for (const { Key = '' } of page.Contents ?? []) {
      const found = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
      const text = (await found.Body?.transformToString('utf-8')) ?? '';
      answers.set(Key.slice(prefix.length, -'.json'.length), JSON.parse(text) as Recording);
    }
    from = page.NextContinuationToken;
    if (from === undefined) break;
  }
  writeFileSync(file, `${JSON.stringify(cassetteOf(answers), null, 1)}\n`);
  return answers.size;
}
