import type { Page } from '@playwright/test';
import { createPerson, type Person } from '../../support/people.ts';
import { attachLog, test as base } from '../../support/test.ts';
import { Application } from './application.ts';

export { expect } from '../../support/test.ts';

interface Fixtures {
  /** Starts an application, ended with the test. */
  startApplication: () => Promise<Application>;
  application: Application;
  /** A page of somebody who is signed out; `request` stays the administrator's. */
  visitor: Page;
  serverLog: void;
}

interface WorkerFixtures {
  person: Person;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  startApplication: async ({}, use) => {
    const applications: Application[] = [];
    await use(async () => {
      const application = await Application.start();
      applications.push(application);
      return application;
    });
    for (const application of applications) await application.stop();
  },

  application: async ({ startApplication }, use) => use(await startApplication()),

  visitor: async ({ newContext }, use) => use(await (await newContext()).newPage()),

  serverLog: [
    async ({ server }, use, testInfo) => {
      await use();
      await attachLog(server, testInfo);
    },
    { auto: true },
  ],

  person: [
    async ({ server }, use) => use(await createPerson(server, { name: 'Mia Member', email: 'mia@example.com' })),
    { scope: 'worker' },
  ],
});
