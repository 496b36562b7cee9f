// Ends a jest run with one line `N passed, M failed`, and says what was skipped and because of what.
// A skipped test carries its reason in its name: `needs java: …`.

export default class Summary {
  onRunComplete(_contexts, results) {
    const skipped = [];
    for (const file of results.testResults)
      for (const test of file.testResults)
        if (test.status === 'pending' || test.status === 'todo') skipped.push(test.fullName);
    for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
    // A file that does not load has no tests to count, yet it is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${tail}\n`);
  }

  getLastError() {
    return undefined;
  }
}
