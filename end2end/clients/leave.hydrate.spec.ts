// Leaving a changed Add Client pane asks first.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, clickBesideLink, clientsUrl, createClients, details, filterBox, heading, link, query, question, range, row, rows, select, table, text } from '../support/clients.ts';
import { reloadAndStay } from '../support/reload.ts';
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
  ['another order', (page) => link(table(page), 'Name').click(), (page) => expect.poll(() => query(page).sort).toBe('-name')],
  ['the left pane', (page) => link(page, 'Clients').click(), (page) => expect.poll(() => query(page)).toEqual({})],
  ["the browser's Back", (page) => page.goBack(), (page) => expect.poll(() => query(page)).toEqual({ per_page: '25' })],
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

for (const [what, key] of [['Keep Editing', 'Enter'], ['Escape', 'Escape']] as const) {
  test(`${what} gives the focus back`, async ({ page }) => {
    await openAddClient(page);
    await text(page, 'Name').fill('Half typed');
    await link(page, 'Meter 02').press('Enter');
    await expect(button(question(page), 'Keep Editing')).toBeFocused();
    await page.keyboard.press(key);
    await expect(question(page)).toBeHidden();
    await expect(link(page, 'Meter 02')).toBeFocused();
    await expect(text(page, 'Name')).toHaveValue('Half typed');
  });
}

test('reload asks', async ({ page }) => {
  await openAddClient(page);
  await text(page, 'Name').fill('Half typed');
  await reloadAndStay(page);
  await expect(text(page, 'Name')).toHaveValue('Half typed');
});

test('Add Client in a changed pane changes nothing', async ({ page }) => {
  await openAddClient(page);
  await text(page, 'Name').fill('Half typed');
  const address = page.url();
  await button(page, 'Add Client').click();
  // Whatever it does has been done once another row asks.
  await clickBesideLink(row(page, 'Meter 03'));
  await button(question(page), 'Keep Editing').click();
  await expect(question(page)).toBeHidden();
  await expect(text(page, 'Name')).toHaveValue('Half typed');
  expect(page.url()).toBe(address);
});

/** Looks for something in the list beside the pane. */
async function lookFor(page: Page, words: string, status: string, perPage: string, found: string): Promise<void> {
  await filterBox(page).fill(words);
  await expect.poll(() => query(page).filter).toBe(words);
  await select(page, 'Status').selectOption({ label: status });
  await select(page, 'Items per page').selectOption(perPage);
  await expect.poll(() => query(page)).toMatchObject({ filter: words, per_page: perPage, pane: 'add' });
  await expect(range(page)).toHaveText(found);
  await expect(question(page)).toBeHidden();
}

test('searching the list beside either pane keeps what was typed', async ({ page }) => {
  await openAddClient(page);
  await text(page, 'Name').fill('Half typed');
  await lookFor(page, 'Meter 1', 'Never used', '25', '1 – 10 of 10');
  await expect(text(page, 'Name')).toHaveValue('Half typed');

  await toCreateSecret(page, { name: 'Half typed' });
  await text(page, 'Description').fill('half typed too');
  await lookFor(page, 'Meter 2', 'Enabled', '100', '1 – 8 of 8');
  await expect(text(page, 'Description')).toHaveValue('half typed too');
  await button(page, 'Back').click();
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue('Half typed');
});

test('an unchanged pane is left without a question', async ({ page }) => {
  await openAddClient(page);
  await link(page, 'Meter 02').click();
  await expect(heading(details(page), 'Meter 02')).toBeVisible();
  await expect(question(page)).toBeHidden();
  await expect(rows(page)).toHaveCount(27);
});
