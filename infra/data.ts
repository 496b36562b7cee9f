// What must survive everything else: the rows of runs, the ledger, the artifacts. Tables are of the kind that can take a customer's
// key without knowing its region (ADR 10).

import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { customerKey } from './customer-key.ts';

export interface DataProps {
  /** What becomes of tables, bucket and key when the stack goes. */
  readonly removal: RemovalPolicy;
  /** A key of the stage's own encrypts tables and artifacts. @default - keys that AWS owns do */
  readonly customerKey?: boolean;
}

export class Data extends Construct {
  /** Runs, phases, tasks, steps, outbox, events, timers. Its stream feeds the ledger. */
  readonly table: Table;
  /** Numbered, chained entries; written by the stream's consumer alone. */
  readonly ledger: Table;
  /** Artifacts, plans, pipelines, dossiers. */
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { removal, customerKey: ownKey = false }: DataProps) {
    super(scope, id);
    const encryptionKey = ownKey ? customerKey(this, 'Key', removal) : undefined;
    const common = {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: removal,
      ...(encryptionKey ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey } : {}),
    };
    this.table = new Table(this, 'Table', { ...common, stream: StreamViewType.NEW_IMAGE });
    this.table.addGlobalSecondaryIndex({
      indexName: 'gsi1',
      partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
    });
    this.ledger = new Table(this, 'Ledger', common);
    this.bucket = new Bucket(this, 'Artifacts', {
      removalPolicy: removal,
      versioned: true,
      enforceSSL: true,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
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
