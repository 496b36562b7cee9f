// Every case, in the order of the report.

import type { BenchCase } from './case.ts';
import { flatness } from './cases/flatness.ts';
import { floor } from './cases/floor.ts';
import { longRun } from './cases/long-run.ts';
import { maps } from './cases/maps.ts';
import { ministack } from './cases/ministack.ts';
import { openExecutions } from './cases/open-executions.ts';
import { profiles } from './cases/profiles.ts';
import { rates } from './cases/rates.ts';
import { rehearsalCase } from './cases/rehearsals.ts';
import { simulatorCase } from './cases/simulator.ts';
import { tasks } from './cases/tasks.ts';
import { transitions } from './cases/transitions.ts';

export const catalogue: readonly BenchCase[] = [
  transitions,
  maps,
  tasks,
  openExecutions,
  flatness,
  longRun,
  rehearsalCase,
  rates,
  simulatorCase,
  ministack,
  floor,
  profiles,
];
