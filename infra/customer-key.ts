// A key of the stage's own for everything that holds contents: tables and artifacts. Whoever may use those may use the key, through
// them and in no other way, so no role has to be told of it.

import { Aws, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const USES = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

export function customerKey(scope: Construct, id: string, removalPolicy: RemovalPolicy): Key {
  const { region, urlSuffix } = Stack.of(scope);
  const key = new Key(scope, id, {
    description: 'Encrypts the tables and the artifacts of the stage',
    enableKeyRotation: true,
    removalPolicy,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: USES,
      // In a key's own policy this means the key.
      resources: ['*'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': Aws.ACCOUNT_ID,
          'kms:ViaService': ['dynamodb', 's3'].map((service) => `${service}.${region}.${urlSuffix}`),
        },
      },
    }),
  );
  return key;
}
