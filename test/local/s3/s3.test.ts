import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createS3 } from '../../../local/s3/s3.ts';
import type { Operation } from '../../../local/service.ts';
import { START, type TestFabric, testFabric } from '../fabric.ts';

let fabric: TestFabric;
let operations: Readonly<Record<string, Operation>>;

function s3(operation: string, input: object) {
  return operations[operation]?.(input, {});
}

function failure(operation: string, input: object): { name: string; status: number; message: string } {
  try {
    s3(operation, input);
  } catch (error) {
    const { name, status, message } = error as { name: string; status: number; message: string };
    return { name, status, message };
  }
  throw new Error(`${operation} did not fail`);
}

const text = (output: { Body: Uint8Array }) => Buffer.from(output.Body).toString();
const md5 = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;

beforeEach(() => {
  fabric = testFabric();
  operations = createS3(fabric).operations;
  s3('CreateBucket', { Bucket: 'box' });
});

describe('objects', () => {
  it('gives back what was put, with tag, type and metadata', () => {
    const put = s3('PutObject', {
      Bucket: 'box',
      Key: 'a/ü',
      Body: 'héllo',
      ContentType: 'text/plain',
      Metadata: { by: 'me' },
    });
    expect(put).toEqual({ ETag: md5('héllo') });
    const got = s3('GetObject', { Bucket: 'box', Key: 'a/ü' });
    expect(text(got)).toBe('héllo');
    expect(got).toMatchObject({ ETag: put.ETag, ContentType: 'text/plain', Metadata: { by: 'me' }, ContentLength: 6 });
    expect(got.LastModified).toEqual(new Date(START));
    const head = s3('HeadObject', { Bucket: 'box', Key: 'a/ü' });
    expect(head).toMatchObject({ ContentLength: 6, ETag: put.ETag });
    expect(head).not.toHaveProperty('Body');
  });

  it('names what is not there', () => {
    expect(failure('GetObject', { Bucket: 'box', Key: 'no' })).toMatchObject({ name: 'NoSuchKey', status: 404 });
    expect(failure('HeadObject', { Bucket: 'box', Key: 'no' })).toMatchObject({ name: 'NotFound', status: 404 });
    expect(failure('GetObject', { Bucket: 'none', Key: 'no' })).toMatchObject({ name: 'NoSuchBucket', status: 404 });
    expect(failure('HeadBucket', { Bucket: 'none' })).toMatchObject({ name: 'NotFound', status: 404 });
    expect(failure('CreateBucket', { Bucket: 'box' }).name).toBe('BucketAlreadyOwnedByYou');
    expect(failure('CreateBucket', { Bucket: 'No_Good' }).name).toBe('InvalidBucketName');
  });

  it('reads ranges', () => {
    s3('PutObject', { Bucket: 'box', Key: 'k', Body: '0123456789' });
    const range = (Range: string) => s3('GetObject', { Bucket: 'box', Key: 'k', Range });
    expect(text(range('bytes=2-4'))).toBe('234');
    expect(range('bytes=2-4')).toMatchObject({ ContentRange: 'bytes 2-4/10', ContentLength: 3 });
    expect(text(range('bytes=7-'))).toBe('789');
    expect(text(range('bytes=-2'))).toBe('89');
    expect(text(range('bytes=8-100'))).toBe('89');
    expect(failure('GetObject', { Bucket: 'box', Key: 'k', Range: 'bytes=10-' })).toMatchObject({ status: 416 });
  });

  it('writes only when the condition holds', () => {
    s3('PutObject', { Bucket: 'box', Key: 'k', Body: '1', IfNoneMatch: '*' });
    expect(failure('PutObject', { Bucket: 'box', Key: 'k', Body: '2', IfNoneMatch: '*' })).toMatchObject({
      name: 'PreconditionFailed',
      status: 412,
    });
    expect(failure('PutObject', { Bucket: 'box', Key: 'k', Body: '2', IfMatch: md5('x') }).name).toBe(
      'PreconditionFailed',
    );
    expect(failure('PutObject', { Bucket: 'box', Key: 'other', Body: '2', IfMatch: md5('x') }).name).toBe('NoSuchKey');
    s3('PutObject', { Bucket: 'box', Key: 'k', Body: '2', IfMatch: md5('1') });
    expect(text(s3('GetObject', { Bucket: 'box', Key: 'k' }))).toBe('2');
    expect(failure('GetObject', { Bucket: 'box', Key: 'k', IfNoneMatch: md5('2') }).status).toBe(304);
    expect(failure('GetObject', { Bucket: 'box', Key: 'k', IfMatch: md5('1') }).status).toBe(412);
  });

  it('copies with the metadata or with new', () => {
    s3('PutObject', { Bucket: 'box', Key: 'a b', Body: 'x', ContentType: 'text/plain' });
    s3('CopyObject', { Bucket: 'box', Key: 'c', CopySource: 'box/a%20b' });
    expect(s3('HeadObject', { Bucket: 'box', Key: 'c' }).ContentType).toBe('text/plain');
    s3('CopyObject', {
      Bucket: 'box',
      Key: 'd',
      CopySource: '/box/a%20b',
      MetadataDirective: 'REPLACE',
      ContentType: 'x/y',
    });
    expect(s3('HeadObject', { Bucket: 'box', Key: 'd' }).ContentType).toBe('x/y');
    expect(failure('CopyObject', { Bucket: 'box', Key: 'd', CopySource: 'box/none' }).name).toBe('NoSuchKey');
  });

  it('refuses by name what it does not offer', () => {
    expect(failure('PutObject', { Bucket: 'box', Key: 'k', Body: '', ACL: 'public-read' }).message).toContain(
      'the parameter ACL of PutObject',
    );
    expect(failure('PutObject', { Bucket: 'box', Key: 'k'.repeat(1025), Body: '' }).name).toBe('KeyTooLongError');
    expect(failure('PutObject', { Bucket: 'box', Key: 'k', Body: new ReadableStream() }).message).toContain(
      'ReadableStream',
    );
  });
});

describe('versions', () => {
  beforeEach(() => s3('PutBucketVersioning', { Bucket: 'box', VersioningConfiguration: { Status: 'Enabled' } }));

  it('are kept, and a delete only marks', () => {
    const one = s3('PutObject', { Bucket: 'box', Key: 'k', Body: '1' });
    const two = s3('PutObject', { Bucket: 'box', Key: 'k', Body: '2' });
    expect(one.VersionId).not.toBe(two.VersionId);
    const marker = s3('DeleteObject', { Bucket: 'box', Key: 'k' });
    expect(marker.DeleteMarker).toBe(true);
    expect(failure('GetObject', { Bucket: 'box', Key: 'k' }).name).toBe('NoSuchKey');
    expect(text(s3('GetObject', { Bucket: 'box', Key: 'k', VersionId: one.VersionId }))).toBe('1');
    expect(s3('ListObjectsV2', { Bucket: 'box' }).KeyCount).toBe(0);
    const listed = s3('ListObjectVersions', { Bucket: 'box' });
    expect(listed.Versions.map((version: { VersionId: string }) => version.VersionId)).toEqual([
      two.VersionId,
      one.VersionId,
    ]);
    expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
    s3('DeleteObject', { Bucket: 'box', Key: 'k', VersionId: marker.VersionId });
    expect(text(s3('GetObject', { Bucket: 'box', Key: 'k' }))).toBe('2');
    expect(failure('DeleteBucket', { Bucket: 'box' }).name).toBe('BucketNotEmpty');
  });

  it('are one, replaced, before versioning and while it is suspended', () => {
    s3('PutBucketVersioning', { Bucket: 'box', VersioningConfiguration: { Status: 'Suspended' } });
    s3('PutObject', { Bucket: 'box', Key: 'k', Body: '1' });
    s3('PutObject', { Bucket: 'box', Key: 'k', Body: '2' });
    expect(s3('ListObjectVersions', { Bucket: 'box' }).Versions).toMatchObject([{ VersionId: 'null', Size: 1 }]);
  });
});

describe('ListObjectsV2', () => {
  const keysOf = (page: { Contents?: Array<{ Key: string }> }) => (page.Contents ?? []).map((one) => one.Key);

  it('groups by delimiter and goes on behind a group', () => {
    for (const Key of ['a/1', 'a/2', 'b', 'c/1', 'c/2', 'd']) s3('PutObject', { Bucket: 'box', Key, Body: '' });
    const first = s3('ListObjectsV2', { Bucket: 'box', Delimiter: '/', MaxKeys: 1 });
    expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], IsTruncated: true, KeyCount: 1 });
    const rest = s3('ListObjectsV2', { Bucket: 'box', Delimiter: '/', ContinuationToken: first.NextContinuationToken });
    expect(keysOf(rest)).toEqual(['b', 'd']);
    expect(rest).toMatchObject({ CommonPrefixes: [{ Prefix: 'c/' }], IsTruncated: false, KeyCount: 3 });
    expect(keysOf(s3('ListObjectsV2', { Bucket: 'box', Prefix: 'c/' }))).toEqual(['c/1', 'c/2']);
    expect(keysOf(s3('ListObjectsV2', { Bucket: 'box', StartAfter: 'c/1' }))).toEqual(['c/2', 'd']);
  });

  it('pages through every key once, in UTF-8 order, whatever the page size', () => {
    const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (keys, MaxKeys) => {
        operations = createS3(testFabric()).operations;
        s3('CreateBucket', { Bucket: 'box' });
        for (const Key of keys) s3('PutObject', { Bucket: 'box', Key, Body: '' });
        const seen: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = s3('ListObjectsV2', { Bucket: 'box', MaxKeys, ContinuationToken });
          seen.push(...keysOf(page));
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        expect(seen).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 50 },
    );
  });
});

it('tells whether an object is there', () => {
  const s3Service = createS3(fabric);
  const put = () => s3Service.operations.PutObject?.({ Bucket: 'box', Key: 'k', Body: '' }, {});
  expect(s3Service.hasObject('box', 'k')).toBe(false);
  put();
  expect(s3Service.hasObject('box', 'k')).toBe(true);
  expect(s3Service.hasObject('box', 'k', 'other')).toBe(false);
  expect(s3Service.hasObject('none', 'k')).toBe(true);
});

it('finds everything again in the same database', () => {
  s3('PutObject', { Bucket: 'box', Key: 'k', Body: 'kept' });
  operations = createS3(testFabric(fabric.db)).operations;
  expect(text(s3('GetObject', { Bucket: 'box', Key: 'k' }))).toBe('kept');
});
