// Ends a jest run with one line `N passed, M failed`, and says what was skipped and because of what.
// A skipped test carries its reason in its name: `needs java: …`.

import { writeSync } from 'node:fs';

export default class Summary {
  onRunComplete(_contexts, results) {
    const tests = results.testResults.flatMap((file) => file.testResults);
    const skipped = tests.filter((test) => test.status === 'pending' || test.status === 'todo');
    // A file that does not load has no tests to count, yet it is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    const lines = [
      ...skipped.map((test) => `skipped: ${test.fullName}`),
      `${results.numPassedTests} passed, ${failed} failed${tail}`,
    ];
    // Jest's own summary comes after every reporter, so the closing line waits for the process's end.
    process.once('exit', () => writeSync(1, `${lines.join('\n')}\n`));
  }
}
