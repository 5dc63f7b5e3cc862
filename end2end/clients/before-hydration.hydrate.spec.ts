// What is chosen while the page can't act yet is acted on as soon as it can.
import type { Page } from '@playwright/test';
import { clientsUrl, filterBox, query, select } from '../support/clients.ts';
import { expect, gotoUnhydrated, hydrated, test } from '../support/test.ts';

const choices: [what: string, choose: (page: Page) => Promise<unknown>, then: Record<string, string>][] = [
  ['Client Type', (page) => select(page, 'Client Type').selectOption({ label: 'Hybrid' }), { type: 'Hybrid Client' }],
  ['Filter Clients and Status', async (page) => {
    await filterBox(page).fill('pump');
    await select(page, 'Status').selectOption({ label: 'Enabled' });
  }, { filter: 'pump', status: 'enabled' }],
];

for (const [what, choose, then] of choices) {
  test(`${what} and Items per page`, async ({ page }) => {
    const release = await gotoUnhydrated(page, clientsUrl);
    await choose(page);
    await select(page, 'Items per page').selectOption('25');
    expect(query(page)).toEqual({});
    release();
    await hydrated(page);
    await expect.poll(() => query(page)).toEqual({ ...then, per_page: '25' });
    await expect(select(page, 'Items per page')).toHaveValue('25');
  });
}
