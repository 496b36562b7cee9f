// Signing with a KMS key. The public half is asked for once an environment.

import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { IdeaMineError } from '../../core/errors.ts';
import { type Sign, signatureOf } from '../../core/ledger/signature.ts';
import { throttlingOnly } from './throttling-only.ts';

/** @param KeyId ARN of a key of ECC_NIST_EDWARDS25519 */
export function createSign(KeyId: string): Sign {
  const client = new KMSClient({ retryStrategy: throttlingOnly });
  let publicKey: Uint8Array | undefined;
  return async (Message) => {
    publicKey ??= given((await client.send(new GetPublicKeyCommand({ KeyId }))).PublicKey, 'public key');
    const signed = await client.send(
      new SignCommand({ KeyId, Message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),
    );
    return signatureOf(publicKey, given(signed.Signature, 'signature'));
  };
}

function given(bytes: Uint8Array | undefined, what: string): Uint8Array {
  if (bytes === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `KMS answered without a ${what}`);
  return bytes;
}
