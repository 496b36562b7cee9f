// The wire tests: as the other tests, but only with an endpoint, one file after the other.
import base from '../../jest.config.mjs';

export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/aws', '<rootDir>/test/store'],
  testMatch: ['**/test/aws/**/*.wire.ts', '**/test/store/*.test.ts'],
  testPathIgnorePatterns: ['on-dynalite', 'every-call'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
