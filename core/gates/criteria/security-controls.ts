import { judged } from '../judged.ts';

export const securityControls = judged(
  'security-controls',
  'do the controls answer the threats of the register, and is any threat left without one',
);
