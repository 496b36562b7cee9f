// What must survive everything else: the rows of runs, the ledger, the artifacts.

import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface DataProps {
  readonly removal: RemovalPolicy;
}

const KEY = {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  sortKey: { name: 'sk', type: AttributeType.STRING },
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  timeToLiveAttribute: 'expiresAt',
};

export class Data extends Construct {
  /** Runs, phases, tasks, steps, outbox, events, timers. Its stream feeds the ledger. */
  readonly table: TableV2;
  /** Numbered, chained entries; written by the stream's consumer alone. */
  readonly ledger: TableV2;
  /** Artifacts, plans, pipelines, dossiers. */
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { removal }: DataProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      ...KEY,
      removalPolicy: removal,
      dynamoStream: StreamViewType.NEW_IMAGE,
      globalSecondaryIndexes: [
        {
          indexName: 'gsi1',
          partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
        },
      ],
    });
    this.ledger = new TableV2(this, 'Ledger', { ...KEY, removalPolicy: removal });
    this.bucket = new Bucket(this, 'Artifacts', {
      removalPolicy: removal,
      versioned: true,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: Duration.days(30) },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Objects are addressed by their hash and every one is recorded in the ledger with who made it; server access logs would need a second bucket that tells less',
    });
  }
}
