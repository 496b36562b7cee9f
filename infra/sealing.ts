// What makes a ledger provable from outside of itself: the bucket that keeps sealed segments and seals, whose versions
// nobody removes in time, and the key that signs them.

import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

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
}
