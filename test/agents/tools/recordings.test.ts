// The recorded measurements of the examples hold for any machine: none names a folder of the one they were made on.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const FOLDER = 'examples/measurements';

it('names no folder of the machine it was made on', () => {
  const files = readdirSync(FOLDER);
  expect(files.length).toBeGreaterThan(20);
  const naming = files.filter((file) =>
    /\/(tmp|home|root|var|Users)\//.test(readFileSync(`${FOLDER}/${file}`, 'utf8')),
  );
  expect(naming).toEqual([]);
});
