// Why a figure is not measured. One sentence each, so that reports say the same thing in the same words.

export const NOT_RUN = {
  compiler: 'no type checker has run on the code: no tool worker with a compiler is connected',
  linter: 'no linter has run on the code: no tool worker with a linter is connected',
  tests: 'the tests were not run: no tool worker with a test runner is connected',
  repository: 'the code was not pushed to a repository: no tool worker with git is connected',
  scanner: 'nothing was scanned: no tool worker with this scanner is connected',
  install:
    'nothing was installed, so there is nothing to compare with: no tool worker with a package manager is connected',
  service: 'the service was not started: no tool worker that can start it is connected',
  browser: 'no page was rendered: no tool worker with a browser is connected',
  deployment: 'nothing was deployed: no tool worker with a target environment is connected',
  users: 'no user has been reached: the release was not deployed',
} as const;
