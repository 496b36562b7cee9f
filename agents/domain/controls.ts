// Security controls every such service needs, by section of OWASP ASVS 5.0, and what in the sources asks for each.

import type { Control } from '../../core/artifacts/architecture-doc.ts';
import { type Claim, unknownClaim } from '../../core/artifacts/claim.ts';
import { countPhrases } from '../text/terms.ts';

interface Known extends Omit<Control, 'id' | 'basis'> {
  /** Words of a quality or risk that asks for it. */
  readonly asks: readonly string[];
}

const KNOWN: readonly Known[] = [
  {
    name: 'validated input',
    asvs: 'V2 Validation and Business Logic',
    measure:
      'Every request is checked against its JSON Schema and refused with what was expected; unknown fields are refused.',
    protects: ['service', 'database'],
    asks: ['wrong', 'error', 'errors', 'invalid', 'twice'],
  },
  {
    name: 'authentication',
    asvs: 'V6 Authentication',
    measure: 'Every operation needs a bearer token; tokens are compared in constant time and kept as hashes.',
    protects: ['service'],
    asks: ['login', 'password', 'sign in', 'strangers', 'stranger', 'somebody', 'access', 'own'],
  },
  {
    name: 'access control',
    asvs: 'V8 Authorization',
    measure: 'A token is for one role; an operation names the roles that may use it, and others are refused.',
    protects: ['service', 'database'],
    asks: ['only', 'visible', 'nobody', 'coordinator only', 'role', 'permission', 'leaked', 'without the names'],
  },
  {
    name: 'encrypted transport',
    asvs: 'V12 Secure Communication',
    measure: 'Outside of one machine the service is reached by TLS 1.2 or newer only.',
    protects: ['web-client', 'service'],
    asks: ['connection', 'internet', 'network', 'phone', 'phones'],
  },
  {
    name: 'data protection',
    asvs: 'V14 Data Protection',
    measure: 'Personal data can be exported and deleted for one person; nothing of it is put into logs.',
    protects: ['database'],
    asks: ['personal', 'privacy', 'deleted', 'gdpr', 'consent', 'addresses', 'health', 'names'],
  },
  {
    name: 'secure configuration',
    asvs: 'V13 Configuration',
    measure: 'Secrets come from the environment and are never in the repository; unneeded features are off.',
    protects: ['service'],
    asks: ['hosting', 'server', 'maintain'],
  },
  {
    name: 'record of changes',
    asvs: 'V16 Security Logging and Error Handling',
    measure:
      'Every change is logged with its time and the role that made it; errors tell the caller nothing of the inside.',
    protects: ['service', 'database'],
    asks: ['recorded', 'signed', 'changed', 'history', 'caused', 'law', 'regulation'],
  },
  {
    name: 'safe output',
    asvs: 'V1 Encoding and Sanitization',
    measure: 'Pages put data in as text, never as markup, under a content security policy without inline scripts.',
    protects: ['web-client'],
    asks: ['note', 'text', 'photo', 'comment', 'message'],
  },
];

/** One of each; `sources` are the statements that may ask for it, the first that does is its basis. */
export function securityControls(sources: readonly Claim[]): Control[] {
  return KNOWN.map(({ asks, ...control }, at) => ({
    id: `SC${at + 1}`,
    ...control,
    protects: [...control.protects],
    basis: sources.find(({ text }) => countPhrases(text, asks) > 0) ?? unknownClaim(),
  }));
}
