// The bucket: texts and JSON by key. Objects of a run are written once or rewritten with the same bytes.

import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

/** @returns undefined when there is no such object. */
export async function getText(bucket: Bucket, key: string): Promise<string | undefined> {
  try {
    const found = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
    return await found.Body?.transformToString('utf-8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Bytes of an object when it has at most `limit`; its size alone when it has more; undefined when there is none. */
export async function getBytes(
  bucket: Bucket,
  key: string,
  limit: number,
): Promise<{ size: number; bytes?: Uint8Array } | undefined> {
  try {
    const { ContentLength: size = 0 } = await bucket.client.send(
      new HeadObjectCommand({ Bucket: bucket.name, Key: key }),
    );
    if (size > limit) return { size };
    const found = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
    return { size, bytes: (await found.Body?.transformToByteArray()) ?? new Uint8Array() };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function putBytes(bucket: Bucket, key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  await bucket.client.send(
    new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: bytes, ContentType: contentType }),
  );
}

export async function putText(
  bucket: Bucket,
  key: string,
  content: string | Uint8Array,
  contentType: string,
): Promise<void> {
  await bucket.client.send(
    new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: content, ContentType: contentType }),
  );
}

function isMissing(error: unknown): boolean {
  // HeadObject has no body to carry a code, hence the bare NotFound.
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
