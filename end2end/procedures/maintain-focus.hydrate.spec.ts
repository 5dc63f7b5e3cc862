// Where the focus is while a client is maintained, what Escape does, and that all of it goes without a mouse.
import type { Page } from '@playwright/test';
import { button, checkbox, clientsUrl, details, field, heading, link, query, text } from '../support/clients.ts';
import { pressOn, tabTo, typeInto } from '../support/keyboard.ts';
import { enabledSwitch, redirectUrls, secretCreated, secretRadio, secretRow, selectClient, storeClient, urlBox, urlList } from '../support/lifecycle.ts';
import { confirmation, expectUnusable } from '../support/roles.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';
import { grant } from '../support/tokens.ts';

test.use({ serverOptions: { name: 'maintain' } });

const type = 'Client-Credentials Client';

/** The panes that open from Details, by the command that opens them. */
const panes: [command: string, choose: (page: Page) => Promise<void>][] = [
  ['Edit Client', async () => {}],
  ['Add Secret', async () => {}],
  ['Edit Secret', (page) => secretRadio(page, 'first secret').check()],
];

for (const [command, choose] of panes) {
  test(`${command}: the focus goes to the title of its pane, and after Cancel back to the command`, async ({ page, server }) => {
    await storeClient(page.request, server, type, { name: `Cancelled ${command}` });
    await selectClient(page, type, `Cancelled ${command}`);
    await choose(page);
    await button(page, command).click();
    await expect(heading(page, command)).toBeFocused();
    await button(page, 'Cancel').click();
    await expect(heading(details(page), `Cancelled ${command}`)).toBeVisible();
    await expect(button(page, command)).toBeFocused();
  });
}

/** The windows that ask, by the control that opens them. */
const questions: [what: string, title: string, open: (page: Page) => Promise<void>][] = [
  ['Remove Client', 'Remove “Asked about”?', (page) => button(page, 'Remove Client').click()],
  ['Remove Secret', 'Remove the secret “first secret”?', async (page) => {
    await secretRadio(page, 'first secret').check();
    await button(page, 'Remove Secret').click();
  }],
  ['Enabled', 'Disable “Asked about”?', (page) => enabledSwitch(page).click()],
];

for (const [what, title, open] of questions) {
  for (const way of ['Cancel', 'Escape']) {
    test(`${what} asks with the focus on Cancel; ${way} changes nothing and gives the focus back`, async ({ page, server }) => {
      const client = await storeClient(page.request, server, type, { name: 'Asked about' });
      await gotoHydrated(page, `${clientsUrl}?client=${client.id}`);
      await open(page);
      await expect(button(confirmation(page, title), 'Cancel')).toBeFocused();
      await page.keyboard.press(way === 'Escape' ? 'Escape' : 'Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.locator(':focus')).toHaveAccessibleName(what);
      await expect(enabledSwitch(page)).toBeChecked();
      await expect(secretRadio(page, 'first secret')).toBeVisible();
      await grant(server, client);
    });
  }
}

test('the window with the new secret begins at its first Copy, and Escape never closes it', async ({ page, server }) => {
  await storeClient(page.request, server, type, { name: 'One more secret' });
  await selectClient(page, type, 'One more secret');
  await button(page, 'Add Secret').click();
  await text(page, 'Description').fill('one more');
  await button(page, 'Add').click();
  await expect(button(secretCreated(page), 'Copy').first()).toBeFocused();
  const secret = await text(secretCreated(page), 'Client Secret').inputValue();
  for (let time = 0; time < 6; time++) {
    await page.keyboard.press('Escape');
    await expect(text(secretCreated(page), 'Client Secret')).toHaveValue(secret);
  }
});

test('after Close of the window with the new secret the focus is not lost', async ({ page, server }) => {
  await storeClient(page.request, server, type, { name: 'Closed window' });
  await selectClient(page, type, 'Closed window');
  await button(page, 'Add Secret').click();
  await button(page, 'Add').click();
  await button(secretCreated(page), 'Close').click();
  await expect(secretCreated(page)).toBeHidden();
  const places = button(page, 'Add Secret').or(link(page, 'Closed window'));
  await expect(places.and(page.locator(':focus'))).toBeVisible();
});

test('without a selection Edit Client and Remove Client say what is missing', async ({ page }) => {
  await gotoHydrated(page, clientsUrl);
  for (const name of ['Edit Client', 'Remove Client']) {
    await expectUnusable(button(page, name), 'Select a client first');
    await button(page, name).click({ force: true });
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(query(page)).toEqual({});
});

test('without a chosen secret Edit Secret and Remove Secret say what is missing', async ({ page, server }) => {
  const { id } = await storeClient(page.request, server, type, { name: 'Not chosen' });
  await gotoHydrated(page, `${clientsUrl}?client=${id}`);
  for (const name of ['Edit Secret', 'Remove Secret']) {
    await expectUnusable(button(page, name), 'Select a secret first');
    await button(page, name).click({ force: true });
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(query(page)).toEqual({ client: id });
});

test('after the last row is removed the focus is on the row before, after the only one on Add Client', async ({ page, server }) => {
  for (const name of ['Last row 1', 'Last row 2']) await storeClient(page.request, server, type, { name });
  await gotoHydrated(page, `${clientsUrl}?filter=Last+row`);
  for (const [removed, then] of [['Last row 2', link(page, 'Last row 1')], ['Last row 1', button(page, 'Add Client')]] as const) {
    await link(page, removed).click();
    await expect(heading(details(page), removed)).toBeVisible();
    await button(page, 'Remove Client').click();
    await button(page, 'Remove').click();
    await expect(link(page, removed)).toHaveCount(0);
    await expect(then).toBeFocused();
  }
});

test('a URL list is edited by keyboard', async ({ page, server }) => {
  await storeClient(page.request, server, 'Authorization Code', { name: 'Keyboard URLs' });
  await selectClient(page, 'Authorization Code', 'Keyboard URLs');
  await pressOn(page, button(page, 'Edit Client'));
  await typeInto(page, urlBox(page, redirectUrls), 'https://app.example.com/new');
  await pressOn(page, button(urlList(page, redirectUrls), '+'), 'Space');
  await expect(urlBox(page, redirectUrls)).toBeFocused();
  await pressOn(page, button(urlList(page, redirectUrls), 'Remove https://app.example.com/cb'));
  await expect(urlBox(page, redirectUrls)).toBeFocused();
  await pressOn(page, button(page, 'Save'));
  await expect(button(page, 'Edit Client')).toBeFocused();
  await expect(details(page)).toContainText('https://app.example.com/new');
});

test('edit, add secret, edit secret, remove secret, remove client with the keyboard alone', async ({ page, server }) => {
  await storeClient(page.request, server, type, { name: 'Keyboard 1' });
  await gotoHydrated(page, `${clientsUrl}?filter=Keyboard`);
  await pressOn(page, link(page, 'Keyboard 1'));
  await expect(heading(details(page), 'Keyboard 1')).toBeFocused();

  await pressOn(page, button(page, 'Edit Client'));
  await expect(heading(page, 'Edit Client')).toBeFocused();
  await typeInto(page, text(page, 'Name'), 'Keyboard 2');
  await typeInto(page, field(page, 'Token Lifetime'), '90');
  await pressOn(page, checkbox(page, 'Tenant Viewer'), 'Space');
  await pressOn(page, button(page, 'Save'));
  await expect(button(page, 'Edit Client')).toBeFocused();
  for (const fact of ['90 seconds', 'Tenant Viewer']) await expect(details(page)).toContainText(fact);

  await pressOn(page, button(page, 'Add Secret'));
  await expect(heading(page, 'Add Secret')).toBeFocused();
  await typeInto(page, text(page, 'Description'), 'second');
  await pressOn(page, checkbox(page, 'Never Expires'), 'Space');
  await pressOn(page, button(page, 'Add'));
  await expect(button(secretCreated(page), 'Copy').first()).toBeFocused();
  await pressOn(page, button(secretCreated(page), 'Close'));
  await expect(secretRow(page, 'second')).toContainText('Never expires');

  // Tab reaches the first of the radios, an arrow goes to the next.
  await pressOn(page, secretRadio(page, 'first secret'), 'ArrowDown');
  await expect(secretRadio(page, 'second')).toBeChecked();
  await pressOn(page, button(page, 'Edit Secret'));
  await expect(heading(page, 'Edit Secret')).toBeFocused();
  await typeInto(page, text(page, 'Description'), 'changed');
  await pressOn(page, button(page, 'Save'));
  await expect(button(page, 'Edit Secret')).toBeFocused();
  await expect(secretRow(page, 'changed')).toBeVisible();

  await expect(secretRadio(page, 'changed'), 'what was edited stays chosen').toBeChecked();
  await pressOn(page, button(page, 'Remove Secret'));
  await expect(button(page, 'Cancel')).toBeFocused();
  await pressOn(page, button(page, 'Remove'));
  await expect(secretRadio(page, 'changed')).toHaveCount(0);
  await expect(button(page, 'Add Secret')).toBeFocused();

  await page.keyboard.press('Shift+Tab');
  await tabTo(page, button(page, 'Remove Client'));
  await page.keyboard.press('Enter');
  await expect(button(page, 'Cancel')).toBeFocused();
  await pressOn(page, button(page, 'Remove'));
  await expect(link(page, 'Keyboard 2')).toHaveCount(0);
  await expect(button(page, 'Add Client')).toBeFocused();
});
