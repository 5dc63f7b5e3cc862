// Leaving while something is stored that is shown only once: one is told to wait, and sees it.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { expectNoFindings } from '../support/axe.ts';
import { button, clientsUrl, createClient, createClients, created, details, heading, link, query, question, select, text } from '../support/clients.ts';
import { holdBack } from '../support/hold-back.ts';
import { secretCreated, secretRow } from '../support/lifecycle.ts';
import { createPerson, invitation, openUser, passwordReset, usersUrl } from '../support/people.ts';
import { reloadAndStay } from '../support/reload.ts';
import { confirmation } from '../support/roles.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'stored' } });
test.describe.configure({ mode: 'default' });
test.beforeAll(({ server }) => createClients(server, ['Always there']));

const told = (page: Page) => page.getByRole('status').filter({ hasText: 'The server has not answered yet. Wait a moment' });

/** Fills both panes and selects Save, whose answer is kept back. */
async function saveAndHold(page: Page, name: string) {
  const held = await holdBack(page, 'clients/add');
  await openAddClient(page);
  await toCreateSecret(page, { name });
  await text(page, 'Description').fill('kept');
  await button(page, 'Save').click();
  await expect.poll(() => held.asked).toBe(1);
  return held;
}

const ways: [what: string, leave: (page: Page) => Promise<unknown>][] = [
  ['another row', (page) => link(page, 'Always there').click()],
  ['another type', (page) => select(page, 'Client Type').selectOption({ label: 'Hybrid' })],
  ['another page of the portal', (page) => link(page, 'Users').click()],
  ["the browser's Back", (page) => page.goBack()],
  ['Back', (page) => button(page, 'Back').click()],
  ['Cancel', (page) => button(page, 'Cancel').click()],
  ['the left pane', (page) => link(page, 'Clients').click()],
];

for (const [position, [what, leave]] of ways.entries()) {
  test(`${what} while a client is stored`, async ({ page }) => {
    const name = `Stored ${position}`;
    const held = await saveAndHold(page, name);
    await leave(page);
    await expect(told(page)).toBeVisible();
    await expect(question(page)).toBeHidden();
    await expect(heading(page, 'Create Secret')).toBeVisible();
    await expect(select(page, 'Client Type')).toHaveValue('Client-Credentials');
    expect(query(page)).toEqual({ pane: 'add' });

    held.release();
    await expect(created(page)).toContainText(name);
    await expect(text(created(page), 'Client Secret')).toHaveValue(/^cls_/);
    await button(created(page), 'Close').click();
    await expect(heading(details(page), name)).toBeVisible();
    await expect(told(page)).toHaveCount(0);
  });
}

test('reload while a client is stored asks, and staying shows the secret', async ({ page }) => {
  const held = await saveAndHold(page, 'Not reloaded');
  await reloadAndStay(page);
  held.release();
  await expect(created(page)).toContainText('Not reloaded');
});

test('when it could not be stored the form is there with all of it, and can be left', async ({ page, expectFailure }) => {
  expectFailure(503);
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Not stored' });
  await text(page, 'Description').fill('kept');
  let fail = () => {};
  const failed = new Promise<void>((resolve) => (fail = resolve));
  await page.route('**/_fn/clients/add', async (route) => {
    await failed;
    await route.fulfill({ status: 503, json: 'Busy' });
  });
  await button(page, 'Save').click();
  await link(page, 'Always there').click();
  await expect(told(page)).toBeVisible();
  await expectNoFindings(page, 'Create Secret that waits for the answer');
  fail();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('The server is busy.');
  await expect(told(page)).toHaveCount(0);
  await expect(text(page, 'Description')).toHaveValue('kept');
  await button(page, 'Back').click();
  await expect(text(page, 'Name')).toHaveValue('Not stored');
  await link(page, 'Always there').click();
  await button(question(page), 'Discard').click();
  await expect(heading(details(page), 'Always there')).toBeVisible();
});

test('another row, and Remove Client, while a secret is stored', async ({ page, server }) => {
  const { id } = await createClient(server, { name: 'Gets a secret' });
  await gotoHydrated(page, `${clientsUrl}?client=${id}`);
  await button(page, 'Add Secret').click();
  await text(page, 'Description').fill('second');
  const held = await holdBack(page, 'secrets/add');
  await button(page, 'Add').click();
  await expect.poll(() => held.asked).toBe(1);
  await button(page, 'Remove Client').click();
  await expect(told(page)).toBeVisible();
  await link(page, 'Always there').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  held.release();
  await button(secretCreated(page), 'Close').click();
  await expect(secretRow(page, 'second')).toBeVisible();
});

test('another row while an invitation is made', async ({ page, server }) => {
  await createPerson(server, { name: 'Still here', email: 'still@example.com' });
  await gotoHydrated(page, usersUrl);
  await button(page, 'Add User').click();
  await text(page, 'Name').fill('Just invited');
  await text(page, 'E-mail').fill('invited@example.com');
  const held = await holdBack(page, 'users/invite');
  await button(page, 'Add').click();
  await expect.poll(() => held.asked).toBe(1);
  await link(page, 'Still here').click();
  await expect(told(page)).toBeVisible();
  held.release();
  await expect(text(invitation(page), 'Invitation Link')).toHaveValue(/\/password\?token=/);
  await button(invitation(page), 'Close').click();
  await expect(heading(details(page), 'Just invited')).toBeVisible();
});

test("Escape, Cancel and the browser's Back while a password is reset", async ({ page, server }) => {
  await createPerson(server, { name: 'Forgetful', email: 'forgetful@example.com' });
  await openUser(page, 'Forgetful');
  const address = page.url();
  await button(page, 'Reset Password').click();
  const asked = confirmation(page, 'Reset the password of “Forgetful”?');
  const held = await holdBack(page, 'users/reset');
  await button(asked, 'Reset').click();
  await expect.poll(() => held.asked).toBe(1);
  await page.keyboard.press('Escape');
  await expect(told(page)).toBeVisible();
  await button(asked, 'Cancel').click();
  await page.goBack();
  await expect(page).toHaveURL(address);
  held.release();
  await expect(text(passwordReset(page), 'Password Link')).toHaveValue(/\/password\?token=/);
  await button(passwordReset(page), 'Close').click();
  await expect(heading(details(page), 'Forgetful')).toBeVisible();
});
