// One stage for the tests of a file: the template synthesized, the handlers bundled.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { openStage, type SimulatedStage } from '../../simulator/stage/open-stage.ts';

export function useStage(): () => SimulatedStage {
  const home = mkdtempSync(join(tmpdir(), 'ideamine-simulator-test-'));
  let stage: SimulatedStage | undefined;
  beforeAll(async () => {
    stage = await openStage(home);
  }, 300_000);
  afterAll(() => {
    stage?.close();
    rmSync(home, { recursive: true, force: true });
  });
  return () => stage as SimulatedStage;
}
