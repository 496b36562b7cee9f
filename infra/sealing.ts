// What makes a ledger provable from outside of itself: the bucket that keeps sealed segments and seals, whose versions
// nobody removes in time, the key that signs them, and the rule that has a run sealed whenever a phase or the run ends.

import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { lastResort } from './queues.ts';

/** The ledger's 90 days after a run's end, a run of months before it, and room for an auditor to come late. */
const SEALED_DAYS = 400;

export interface SealingProps {
  readonly removal: RemovalPolicy;
  /** False: no key is made, and seals say that they are unsigned. */
  readonly signing: boolean;
}

export class Sealing extends Construct {
  readonly bucket: Bucket;
  readonly key: Key | undefined;

  constructor(scope: Construct, id: string, { removal, signing }: SealingProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Sealed', {
      removalPolicy: removal,
      versioned: true,
      // Governance: who may bypass it is named by IAM, and no role of ours is.
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(SEALED_DAYS)),
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function puts here, each object once; what it put is chained, signed and locked, which an access log is not',
    });
    this.key = signing
      ? new Key(this, 'Key', {
          description: 'Signs the seals of ledgers and the proofs of dossiers',
          keySpec: KeySpec.ECC_NIST_EDWARDS25519,
          keyUsage: KeyUsage.SIGN_VERIFY,
          removalPolicy: removal,
        })
      : undefined;
  }

  /** Has a run sealed when a phase of it or the run itself has ended. */
  sealOn(bus: IEventBus, seal: IFunction): void {
    new Rule(this, 'Rule', {
      description: 'Seals the ledger of a run at the end of each phase and of the run',
      eventBus: bus,
      eventPattern: {
        source: ['ideamine'],
        detailType: ['phase.completed', 'phase.error', 'run.completed', 'run.failed', 'run.published'],
      },
      targets: [new LambdaFunction(seal, { deadLetterQueue: lastResort(this, 'Undelivered') })],
    });
  }
}
