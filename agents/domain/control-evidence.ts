// Where the source implements a control of the architecture: files that have the marks of it. It shows where to look,
// and proves nothing; proof is the scanners' business.

import type { Control } from '../../core/artifacts/architecture-doc.ts';
import type { SecurityPack } from '../../core/artifacts/security-pack.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';

const MARKS: Readonly<Record<string, RegExp>> = {
  'validated input': /\bvalidate\(/,
  authentication: /timingSafeEqual|authorization/,
  'secure configuration': /process\.env/,
  'safe output': /textContent|content-security-policy/,
  'encrypted transport': /createSecureServer|node:https|node:tls/,
  'access control': /\broles?\b.*\bincludes\(/,
  'data protection': /\berase|\banonymi[sz]e/,
  'record of changes': /\baudit/,
};

export function whereImplemented(controls: readonly Control[], files: readonly SourceFile[]): SecurityPack['controls'] {
  return controls.map(({ id, name }) => {
    const mark = MARKS[name];
    const evidence = mark === undefined ? [] : files.filter(({ text }) => mark.test(text)).map(({ path }) => path);
    return { control: id, name, evidence };
  });
}
