import { beforeEach, describe, expect, it } from '@jest/globals';
import { createS3 } from '../../../local/s3/s3.ts';
import type { Operation } from '../../../local/service.ts';
import { START, type TestFabric, testFabric } from '../fabric.ts';

const DAY = 86_400_000;
const RULE = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 90 } } };

let fabric: TestFabric;
let operations: Readonly<Record<string, Operation>>;

function s3(operation: string, input: object) {
  return operations[operation]?.({ Bucket: 'safe', ...input }, {});
}

function failure(operation: string, input: object): string {
  try {
    s3(operation, input);
  } catch (error) {
    return (error as Error).name;
  }
  return 'none';
}

beforeEach(() => {
  fabric = testFabric();
  operations = createS3(fabric).operations;
  s3('CreateBucket', { ObjectLockEnabledForBucket: true });
});

describe('object lock', () => {
  it('keeps a version until the bucket’s default has passed, whatever is put over it', () => {
    s3('PutObjectLockConfiguration', { ObjectLockConfiguration: RULE });
    const first = s3('PutObject', { Key: 'head', Body: 'one' });
    s3('PutObject', { Key: 'head', Body: 'two' });
    const version = { Key: 'head', VersionId: first.VersionId };
    expect(Buffer.from(s3('GetObject', version).Body).toString()).toBe('one');
    expect(failure('DeleteObject', version)).toBe('AccessDenied');
    expect(s3('GetObjectRetention', version).Retention).toEqual({
      Mode: 'COMPLIANCE',
      RetainUntilDate: new Date(START + 90 * DAY),
    });
    fabric.advanceTo(START + 90 * DAY);
    s3('DeleteObject', version);
    expect(failure('GetObject', version)).toBe('NoSuchVersion');
  });

  it('keeps a version as its own request says', () => {
    const until = new Date(START + DAY);
    const put = s3('PutObject', {
      Key: 'k',
      Body: 'x',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: until,
    });
    expect(failure('DeleteObject', { Key: 'k', VersionId: put.VersionId })).toBe('AccessDenied');
    const free = s3('PutObject', { Key: 'k', Body: 'y' });
    expect(failure('DeleteObject', { Key: 'k', VersionId: free.VersionId })).toBe('none');
  });

  it('hides a locked object behind a delete marker and keeps it', () => {
    s3('PutObjectLockConfiguration', { ObjectLockConfiguration: RULE });
    const { VersionId } = s3('PutObject', { Key: 'k', Body: 'x' });
    s3('DeleteObject', { Key: 'k' });
    expect(failure('GetObject', { Key: 'k' })).toBe('NoSuchKey');
    expect(Buffer.from(s3('GetObject', { Key: 'k', VersionId }).Body).toString()).toBe('x');
  });

  it('refuses what AWS refuses', () => {
    operations.CreateBucket?.({ Bucket: 'plain' }, {});
    const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(START + DAY) };
    expect(failure('PutObject', { Bucket: 'plain', Key: 'k', Body: 'x', ...lock })).toBe('InvalidRequest');
    expect(failure('PutObject', { Key: 'k', Body: 'x', ObjectLockMode: 'COMPLIANCE' })).toBe('InvalidArgument');
    const past = { ...lock, ObjectLockRetainUntilDate: new Date(START - 1) };
    expect(failure('PutObject', { Key: 'k', Body: 'x', ...past })).toBe('InvalidArgument');
    expect(failure('PutObjectLockConfiguration', { Bucket: 'plain', ObjectLockConfiguration: RULE })).toBe(
      'InvalidBucketState',
    );
    expect(failure('PutObjectLockConfiguration', { ObjectLockConfiguration: {} })).toBe('MalformedXML');
    expect(failure('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } })).toBe(
      'InvalidBucketState',
    );
  });
});
