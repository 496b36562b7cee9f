// CoverageReport (build): how much of the code the tests reached, as the coverage file says.

import { z } from 'zod';
import { count } from './fields.ts';
import { measured } from './measured.ts';

const share = z.strictObject({ covered: count('reached by a test'), total: count('there are') });

export const coverageReportSchema = z.strictObject({
  lines: measured(share, 'lines'),
  branches: measured(share, 'branches'),
  functions: measured(share, 'functions'),
});
