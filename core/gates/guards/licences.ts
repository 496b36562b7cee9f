import type { Finding } from '../criterion.ts';
import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { listOf } from '../parameters.ts';

interface Licensed {
  readonly package: string;
  readonly licence: string;
}

/** Permissive licences that ask for no more than a notice. */
const PERMISSIVE = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Unlicense',
];

/** Every installed package states a licence, and one of the alternatives it states is on the list. */
export const licences: Guard = {
  id: 'licences',
  parameters: ['allowed'],
  check(evidence, parameters) {
    const allowed = new Set(listOf(parameters, 'allowed', PERMISSIVE).map(String));
    const report = measurement<Licensed[]>(evidence, 'VulnerabilityScan', 'licences');
    if (!('value' in report)) return report;
    const findings = report.value.flatMap(({ package: name, licence }): Finding[] => {
      if (licence === '')
        return [{ kind: 'other', text: `${name} states no licence`, artifacts: ['VulnerabilityScan'] }];
      if (accepts(licence, allowed)) return [];
      return [
        { kind: 'other', text: `${name} is under ${licence}, which is not allowed`, artifacts: ['VulnerabilityScan'] },
      ];
    });
    const found = `${report.value.length - findings.length} of ${report.value.length} packages have an allowed licence`;
    return findings.length === 0 ? held(found) : broken(found, 'all of them', findings);
  },
};

/** SPDX: one of several (`OR`) is enough, of a conjunction (`AND`) each part must be allowed. */
function accepts(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.replace(/[()]/g, ' ').trim();
  return bare.split(/\s+OR\s+/i).some((option) => option.split(/\s+AND\s+/i).every((part) => allowed.has(part.trim())));
}
