// https://docs.aws.amazon.com/AmazonS3/latest/API/ names the permissions of each operation.

import type { ConditionContext } from '../conditions.ts';
import type { Permission, Permissions } from '../permissions.ts';

const ON_BUCKET: Readonly<Record<string, string>> = {
  CreateBucket: 's3:CreateBucket',
  DeleteBucket: 's3:DeleteBucket',
  HeadBucket: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  PutBucketVersioning: 's3:PutBucketVersioning',
  GetBucketVersioning: 's3:GetBucketVersioning',
  PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
};

export const s3Permissions: Permissions = (operation, input) => {
  const bucket = `arn:aws:s3:::${input.Bucket}`;
  const onBucket = ON_BUCKET[operation];
  if (onBucket !== undefined) return [{ action: onBucket, resource: bucket, context: listContext(input) }];
  const object = `${bucket}/${input.Key}`;
  switch (operation) {
    case 'ListBuckets':
      return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
    case 'GetObject':
    case 'HeadObject':
      return [read(object, input.VersionId)];
    case 'PutObject':
      return [
        { action: 's3:PutObject', resource: object, context: putContext(input) },
        ...(input.ObjectLockMode === undefined ? [] : [{ action: 's3:PutObjectRetention', resource: object }]),
      ];
    case 'GetObjectRetention':
      return [{ action: 's3:GetObjectRetention', resource: object }];
    case 'CopyObject': {
      const [source = '', version] = decodeURIComponent(String(input.CopySource).replace(/^\//, '')).split(
        '?versionId=',
      );
      return [
        read(`arn:aws:s3:::${source}`, version),
        { action: 's3:PutObject', resource: object, context: putContext(input) },
      ];
    }
    case 'DeleteObject':
      return [remove(object, input.VersionId)];
    case 'DeleteObjects':
      return (input.Delete?.Objects ?? []).map((one: { Key: string; VersionId?: string }) =>
        remove(`${bucket}/${one.Key}`, one.VersionId),
      );
    default:
      return undefined;
  }
};

function read(resource: string, version: unknown): Permission {
  return { action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion', resource };
}

function remove(resource: string, version: unknown): Permission {
  return { action: version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', resource };
}

function listContext(input: { Prefix?: string; Delimiter?: string; MaxKeys?: number }): ConditionContext {
  const values: Readonly<Record<string, string | undefined>> = {
    's3:prefix': input.Prefix ?? '',
    's3:delimiter': input.Delimiter,
    's3:max-keys': input.MaxKeys?.toString(),
  };
  return (key) => values[key];
}

function putContext(input: Readonly<Record<string, string | undefined>>): ConditionContext {
  const values: Readonly<Record<string, string | undefined>> = {
    's3:if-none-match': input.IfNoneMatch,
    's3:if-match': input.IfMatch,
    's3:x-amz-server-side-encryption': input.ServerSideEncryption,
    's3:x-amz-storage-class': input.StorageClass,
  };
  return (key) => values[key];
}
