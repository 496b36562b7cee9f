// Resources encrypted with a key of the customer's need that key too: the caller's role must be allowed to use it.
// Queues and buckets only: DynamoDB works through grants it made when the table was created.

import type { Assembly } from '../assembly.ts';
import type { Permission } from './permissions.ts';

const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey'],
  's3:GetObject': ['kms:Decrypt'],
  's3:GetObjectVersion': ['kms:Decrypt'],
};

/** @returns what the given permissions need besides */
export function customerKeys(assembly: Assembly): (needed: readonly Permission[]) => Permission[] {
  const keyOf = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const { type, ref, arn, properties } of assembly.resources.values()) {
    if (type === 'AWS::KMS::Key' && arn !== undefined) keys.set(ref, arn).set(arn, arn);
    if (type === 'AWS::KMS::Alias') keys.set(ref, String(properties.TargetKeyId));
  }
  for (const { type, arn, properties } of assembly.resources.values()) {
    const key =
      type === 'AWS::SQS::Queue'
        ? properties.KmsMasterKeyId
        : type === 'AWS::S3::Bucket'
          ? bucketKey(properties)
          : undefined;
    const known = typeof key === 'string' ? keys.get(key) : undefined;
    if (arn !== undefined && known !== undefined) keyOf.set(arn, known);
  }
  if (keyOf.size === 0) return () => [];
  return (needed) =>
    needed.flatMap(({ action, resource }) => {
      const key = keyOf.get(resource?.replace(/^(arn:aws:s3:::[^/]*)\/.*$/, '$1') ?? '');
      return key === undefined ? [] : (KEY_ACTIONS[action] ?? []).map((one) => ({ action: one, resource: key }));
    });
}

function bucketKey(properties: Readonly<Record<string, unknown>>): unknown {
  const rules = (
    properties.BucketEncryption as
      | { ServerSideEncryptionConfiguration?: Array<{ ServerSideEncryptionByDefault?: { KMSMasterKeyID?: unknown } }> }
      | undefined
  )?.ServerSideEncryptionConfiguration;
  return rules?.[0]?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}
