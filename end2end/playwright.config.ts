import { defineConfig } from '@playwright/test';
import { testOptions } from './support/browser.ts';
import type { WorkerFixtures } from './support/test.ts';

// `main` runs against the dev build, `smoke` against the file that gets deployed; both read
// CLIENTELE_BIN. `interop` is like `main`, with clients that are not ours; some come from Debian and PyPI. `api` holds
// the REST API against its description.
// `pictures` only draws, so it is run by hand: `npm run pictures`.
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: testOptions,
  projects: [
    { name: 'main', testIgnore: ['smoke/**', 'end2end/interop/**', 'end2end/api/**', 'pictures/**'] },
    { name: 'smoke', testMatch: 'smoke/**/*.spec.ts' },
    { name: 'interop', testDir: './interop' },
    { name: 'api', testDir: './api' },
    { name: 'pictures', testMatch: 'pictures/**/*.spec.ts' },
  ],
});
