// The part of KMS that signs: asymmetric Ed25519 keys. Encryption of stored data is not simulated, so keys of any other kind can
// be made and described by what uses them, not by calls. What is not offered is refused by name.

import { sign, verify } from 'node:crypto';
import { AwsError, type Fabric, type Operation, type Service } from '../service.ts';
import { type Key, Keys, publicDer } from './keys.ts';

const SPEC = 'ECC_NIST_EDWARDS25519';
const ALGORITHM = 'ED25519_SHA_512';
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
const LONGEST_MESSAGE = 4096;

export function createKms(fabric: Fabric): Service {
  const keys = new Keys(fabric.db);
  const arnOf = ({ id }: Key) => `arn:aws:kms:${fabric.region}:${fabric.accountId}:key/${id}`;
  const existing = (name: unknown): Key => {
    const key = keys.find(String(name));
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
    return key;
  };
  const metadata = (key: Key) => ({
    KeyId: key.id,
    Arn: arnOf(key),
    AWSAccountId: fabric.accountId,
    CreationDate: new Date(key.created),
    Enabled: true,
    KeyState: 'Enabled',
    KeyUsage: 'SIGN_VERIFY',
    KeySpec: SPEC,
    SigningAlgorithms: [ALGORITHM],
  });
  const operations: Record<string, Operation> = {
    CreateKey: (input) => {
      if (input.KeySpec !== SPEC || input.KeyUsage !== 'SIGN_VERIFY')
        throw new AwsError('UnsupportedOperationException', `KMS here makes keys of ${SPEC} for SIGN_VERIFY only`);
      const id = input.KeyId ?? fabric.random.uuid();
      // Made again from the same template: the key is the one that is there.
      if (keys.find(id) === undefined) keys.add(id, seedFrom(fabric), fabric.clock.now());
      return { KeyMetadata: metadata(existing(id)) };
    },
    CreateAlias: (input) => {
      keys.alias(input.AliasName, existing(input.TargetKeyId).id);
      return {};
    },
    DescribeKey: (input) => ({ KeyMetadata: metadata(existing(input.KeyId)) }),
    GetPublicKey: (input) => {
      const key = existing(input.KeyId);
      const { KeyUsage, KeySpec, SigningAlgorithms } = metadata(key);
      return { KeyId: arnOf(key), PublicKey: publicDer(key), KeyUsage, KeySpec, SigningAlgorithms };
    },
    Sign: (input) => {
      const key = existing(input.KeyId);
      const message = messageOf(input);
      return { KeyId: arnOf(key), Signature: sign(null, message, key.privateKey), SigningAlgorithm: ALGORITHM };
    },
    Verify: (input) => {
      const key = existing(input.KeyId);
      if (!verify(null, messageOf(input), key.privateKey, Buffer.from(input.Signature)))
        throw new AwsError('KMSInvalidSignatureException', 'The signature is not valid for the message');
      return { KeyId: arnOf(key), SignatureValid: true, SigningAlgorithm: ALGORITHM };
    },
  };
  return { name: 'KMS', operations, boot: () => undefined };
}

function messageOf(input: { Message?: Uint8Array; MessageType?: string; SigningAlgorithm?: string }): Uint8Array {
  if (input.SigningAlgorithm !== ALGORITHM)
    throw new AwsError(
      'ValidationException',
      `SigningAlgorithm: expected ${ALGORITHM}, found ${input.SigningAlgorithm}`,
    );
  if ((input.MessageType ?? 'RAW') !== 'RAW')
    throw new AwsError('ValidationException', `${ALGORITHM} needs MessageType RAW, found ${input.MessageType}`);
  const message = Buffer.from(input.Message ?? []);
  if (message.byteLength < 1 || message.byteLength > LONGEST_MESSAGE)
    throw new AwsError(
      'ValidationException',
      `Message: expected 1 to ${LONGEST_MESSAGE} bytes, found ${message.byteLength}`,
    );
  return message;
}

/** 32 bytes of the world's own randomness, so that a virtual world signs the same each time it is run. */
function seedFrom({ random }: Fabric): string {
  return Buffer.from(Array.from({ length: 32 }, () => Math.floor(random.next() * 256))).toString('base64url');
}
