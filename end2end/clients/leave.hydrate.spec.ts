// Leaving a changed Add Client pane asks first.
import type { Page } from '@playwright/test';
import { openAddClient } from '../support/add-client.ts';
import { button, clickBesideLink, clientsUrl, createClients, details, heading, link, query, question, row, rows, select, text } from '../support/clients.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'leave' } });
test.describe.configure({ mode: 'default' });
test.beforeAll(({ server }) =>
  createClients(server, Array.from({ length: 27 }, (_, index) => `Meter ${String(index + 1).padStart(2, '0')}`)),
);

const ways: [what: string, leave: (page: Page) => Promise<unknown>, arrived: (page: Page) => Promise<void>][] = [
  [
    'another row',
    (page) => clickBesideLink(row(page, 'Meter 03')),
    (page) => expect(heading(details(page), 'Meter 03')).toBeVisible(),
  ],
  [
    'another type',
    (page) => select(page, 'Client Type').selectOption({ label: 'Hybrid' }),
    (page) => expect.poll(() => query(page).type).toBe('Hybrid Client'),
  ],
  ['another page', (page) => link(page, 'Next page').click(), (page) => expect.poll(() => query(page).page).toBe('2')],
];

for (const [what, leave, arrived] of ways) {
  test(`${what}: Keep Editing stays, Discard goes`, async ({ page }) => {
    await gotoHydrated(page, `${clientsUrl}?per_page=25`);
    await button(page, 'Add Client').click();
    await text(page, 'Name').fill('Half typed');
    const address = page.url();

    await leave(page);
    await expect(question(page)).toBeVisible();
    await expect(button(question(page), 'Keep Editing')).toBeFocused();
    await button(question(page), 'Keep Editing').click();
    await expect(question(page)).toBeHidden();
    await expect(text(page, 'Name')).toHaveValue('Half typed');
    await expect(select(page, 'Client Type')).toHaveValue('Client-Credentials');
    expect(page.url()).toBe(address);

    await leave(page);
    await button(question(page), 'Discard').click();
    await arrived(page);
    await expect(heading(page, 'Add Client')).toBeHidden();
  });
}

test('Escape in the question keeps editing', async ({ page }) => {
  await openAddClient(page);
  await text(page, 'Name').fill('Half typed');
  await link(page, 'Meter 02').click();
  await expect(question(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question(page)).toBeHidden();
  await expect(text(page, 'Name')).toHaveValue('Half typed');
});

test('an unchanged pane is left without a question', async ({ page }) => {
  await openAddClient(page);
  await link(page, 'Meter 02').click();
  await expect(heading(details(page), 'Meter 02')).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(rows(page)).toHaveCount(27);
});
