import type { Invariant } from './invariant.ts';

export const resultsAreThere: Invariant = {
  id: 'results-are-there',
  says: 'every result, artifact, gate report and dossier on record is in the bucket, and is what its hash says',
  atEnd: (end) => end.missingObjects.map((key) => `${key} is not there, or not what was recorded`),
};
