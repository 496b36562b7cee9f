import { createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createKms } from '../../../local/kms/kms.ts';
import type { Operation } from '../../../local/service.ts';
import { type TestFabric, testFabric } from '../fabric.ts';

const ALGORITHM = 'ED25519_SHA_512';
const MESSAGE = Buffer.from('a head of a ledger');

let fabric: TestFabric;
let operations: Readonly<Record<string, Operation>>;

function kms(operation: string, input: object) {
  return operations[operation]?.(input, {});
}

function failure(operation: string, input: object): string {
  try {
    kms(operation, input);
  } catch (error) {
    return (error as Error).name;
  }
  return 'none';
}

const signature = (KeyId: string, Message: Uint8Array = MESSAGE) =>
  kms('Sign', { KeyId, Message, SigningAlgorithm: ALGORITHM }).Signature as Uint8Array;

beforeEach(() => {
  fabric = testFabric();
  operations = createKms(fabric).operations;
  kms('CreateKey', { KeyId: 'the-key', KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
});

describe('signing keys', () => {
  it('sign what their public key verifies, and nothing else', () => {
    const { PublicKey, KeyId } = kms('GetPublicKey', { KeyId: 'the-key' });
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    expect(verify(null, MESSAGE, key, signature('the-key'))).toBe(true);
    expect(verify(null, Buffer.from('another'), key, signature('the-key'))).toBe(false);
    expect(KeyId).toBe('arn:aws:kms:eu-central-1:123456789012:key/the-key');
  });

  it('are found by id, ARN and alias, and outlive the process', () => {
    const before = signature('the-key');
    operations = createKms(fabric).operations;
    kms('CreateKey', { KeyId: 'the-key', KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
    kms('CreateAlias', { AliasName: 'alias/seal', TargetKeyId: 'the-key' });
    for (const name of ['the-key', 'arn:aws:kms:eu-central-1:123456789012:key/the-key', 'alias/seal'])
      expect(signature(name)).toEqual(before);
  });

  it('verify their own signatures', () => {
    const Signature = signature('the-key');
    const input = { KeyId: 'the-key', Message: MESSAGE, Signature, SigningAlgorithm: ALGORITHM };
    expect(kms('Verify', input)).toMatchObject({ SignatureValid: true });
    expect(failure('Verify', { ...input, Message: Buffer.from('other') })).toBe('KMSInvalidSignatureException');
  });

  it('refuse what AWS refuses', () => {
    expect(failure('Sign', { KeyId: 'none', Message: MESSAGE, SigningAlgorithm: ALGORITHM })).toBe('NotFoundException');
    expect(failure('Sign', { KeyId: 'the-key', Message: MESSAGE })).toBe('ValidationException');
    const long = { KeyId: 'the-key', Message: Buffer.alloc(4097), SigningAlgorithm: ALGORITHM };
    expect(failure('Sign', long)).toBe('ValidationException');
    const digest = { KeyId: 'the-key', Message: MESSAGE, MessageType: 'DIGEST', SigningAlgorithm: ALGORITHM };
    expect(failure('Sign', digest)).toBe('ValidationException');
    expect(failure('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })).toBe(
      'UnsupportedOperationException',
    );
  });
});
