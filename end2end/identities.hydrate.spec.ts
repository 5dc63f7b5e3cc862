// Security > Roles, Manage Identities: who has a role is chosen from people and clients, and stored by Save alone.
import type { Page } from '@playwright/test';
import { button, checkbox, createClient, details, heading, link, query, question } from './support/clients.ts';
import { storeClient } from './support/lifecycle.ts';
import { ask, createInvited } from './support/people.ts';
import { createRole, expectUnusable, identities, identityFilter, openIdentities, openRole, rolesUrl, tab } from './support/roles.ts';
import { administrator } from './support/server.ts';
import { expect, gotoHydrated, test } from './support/test.ts';
import { said } from './support/two-people.ts';

test.use({ serverOptions: { name: 'identities' } });
test.describe.configure({ mode: 'default' });
test.beforeAll(async ({ playwright, server, administratorState }) => {
  const request = await playwright.request.newContext({ storageState: administratorState });
  for (const name of ['Ida', 'Ines', 'Ivo']) await createInvited(request, server, { name, email: `${name.toLowerCase()}@example.com` });
  for (const name of ['Inlet pump', 'Inlet valve']) await createClient(server, { name });
  await request.dispose();
});

const clients = 'Client-Credentials Clients';
const unsaved = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const listed = (page: Page) => page.getByRole('tabpanel', { name: 'Identities', exact: true }).getByRole('checkbox');

test('people and clients get a role by one Save, and its Details name them', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Given.Role' });
  await openIdentities(page, 'Given.Role');
  await expect(heading(page, 'Manage Identities')).toBeFocused();
  await expect(tab(page, 'Users')).toHaveAttribute('aria-selected', 'true');
  await expect(checkbox(page, 'Ida')).toHaveAccessibleDescription('ida@example.com');
  await checkbox(page, 'Ida').check();
  await expect(unsaved(page, '1 change is not saved yet.')).toBeVisible();
  await tab(page, clients).click();
  await expect(tab(page, clients)).toHaveAttribute('aria-selected', 'true');
  await expect(checkbox(page, 'Ida')).toHaveCount(0);
  await checkbox(page, 'Inlet pump').check();
  await expect(unsaved(page, '2 changes are not saved yet.')).toBeVisible();
  await button(page, 'Save').click();

  await expect(heading(details(page), 'Given.Role')).toBeVisible();
  await expect(identities(page)).toContainText(/Users\s*Ida\s*Client-Credentials Clients\s*Inlet pump/);
  await page.reload();
  await expect(identities(page)).toContainText(/Users\s*Ida\s*Client-Credentials Clients\s*Inlet pump/);
});

for (const leave of ['Save', 'Cancel']) {
  test(`after ${leave} the focus is at Manage Identities again`, async ({ page, server }) => {
    await createRole(page.request, server, { name: `${leave}.Focus` });
    await openIdentities(page, `${leave}.Focus`);
    await checkbox(page, 'Ida').check();
    await button(page, leave).click();
    await expect(identities(page)).toContainText(leave === 'Save' ? /Users\s*Ida/ : /Users\s*None/);
    await expect(button(page, 'Manage Identities')).toBeFocused();
  });
}

test('a link to the form opens it', async ({ page, server }) => {
  const role = await createRole(page.request, server, { name: 'Linked.Role' });
  await gotoHydrated(page, `${rolesUrl}?role=${role}&pane=identities`);
  await expect(heading(page, 'Manage Identities')).toBeVisible();
  await expect(checkbox(page, 'Ida')).toBeEnabled();
});

test('the list is filtered, and narrowed to those who have the role now', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Found.Role' });
  await openIdentities(page, 'Found.Role');
  await expect(listed(page)).toHaveCount(4);
  await identityFilter(page).fill('ines@');
  await expect(listed(page)).toHaveCount(1);
  await checkbox(page, 'Ines').check();
  await identityFilter(page).fill('nobody at all');
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await identityFilter(page).fill('');
  await expect(listed(page)).toHaveCount(4);
  await expect(checkbox(page, 'Ines'), 'a change outlasts the filter').toBeChecked();
  // She is to have it, but has it not yet.
  await checkbox(page, 'Only who has it now').check();
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await button(page, 'Save').click();

  await button(page, 'Manage Identities').click();
  await checkbox(page, 'Only who has it now').check();
  await expect(listed(page)).toHaveCount(1);
  await expect(checkbox(page, 'Ines')).toBeChecked();
  await checkbox(page, 'Ines').uncheck();
  await expect(unsaved(page, '1 change is not saved yet.')).toBeVisible();
  await button(page, 'Save').click();
  await expect(identities(page)).toContainText(/Users\s*None/);
});

test('Enter in Filter Identities, or in the box below it, saves nothing', async ({ page, server }) => {
  const saved: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/roles/change-identities')) saved.push(request.url());
  });
  const id = await createRole(page.request, server, { name: 'Entered.Role' });
  await openIdentities(page, 'Entered.Role');
  await checkbox(page, 'Ivo').check();
  await identityFilter(page).fill('ines');
  await identityFilter(page).press('Enter');
  await expect(listed(page)).toHaveCount(1);
  await checkbox(page, 'Only who has it now').press('Enter');
  await checkbox(page, 'Only who has it now').check();
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await expect(unsaved(page, '1 change is not saved yet.')).toBeVisible();
  expect(saved).toEqual([]);
  const { holders } = await (await ask(page.request, server, 'roles/details', { id })).json();
  expect(holders.user_count).toBe(0);
});

test('a change that is taken back is none', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Wavering.Role' });
  await openIdentities(page, 'Wavering.Role');
  await checkbox(page, 'Ivo').check();
  await expect(unsaved(page, '1 change is not saved yet.')).toBeVisible();
  await checkbox(page, 'Ivo').uncheck();
  await expect(page.getByText(/not saved yet/)).toHaveCount(0);
  await link(page, 'Tenant Viewer').click();
  await expect(heading(details(page), 'Tenant Viewer')).toBeVisible();
  await expect(question(page)).toBeHidden();
});

test('Cancel gives the changes up', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Cancelled.Role' });
  await openIdentities(page, 'Cancelled.Role');
  await checkbox(page, 'Ivo').check();
  await tab(page, clients).click();
  await checkbox(page, 'Inlet valve').check();
  await button(page, 'Cancel').click();
  await expect(question(page)).toBeHidden();
  await expect(identities(page)).toContainText(/Users\s*None\s*Client-Credentials Clients\s*None/);
  await button(page, 'Manage Identities').click();
  await expect(checkbox(page, 'Ivo')).not.toBeChecked();
  await expect(page.getByText(/not saved yet/)).toHaveCount(0);
});

test('a click elsewhere asks: Keep Editing keeps the changes, Discard goes', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Asked.Role' });
  await openIdentities(page, 'Asked.Role');
  await checkbox(page, 'Ivo').check();
  const address = page.url();
  await link(page, 'Tenant Viewer').click();
  await expect(button(question(page), 'Keep Editing')).toBeFocused();
  await button(question(page), 'Keep Editing').click();
  await expect(checkbox(page, 'Ivo')).toBeChecked();
  expect(page.url()).toBe(address);
  await link(page, 'Tenant Viewer').click();
  await button(question(page), 'Discard').click();
  await expect(heading(details(page), 'Tenant Viewer')).toBeVisible();
  await openRole(page, 'Asked.Role');
  await expect(identities(page)).toContainText(/Users\s*None/);
});

test('a request that failed keeps what was ticked, and then it can be stored', async ({ page, server, expectFailure }) => {
  expectFailure(500);
  await createRole(page.request, server, { name: 'Failed.Role' });
  await openIdentities(page, 'Failed.Role');
  await checkbox(page, 'Ivo').check();
  await tab(page, clients).click();
  await checkbox(page, 'Inlet valve').check();
  await page.route('**/_fn/roles/change-identities', (route) => route.fulfill({ status: 500 }));
  await button(page, 'Save').click();
  await expect(said(page)).toContainText("The server doesn't answer.");
  await expect(checkbox(page, 'Inlet valve')).toBeChecked();
  await tab(page, 'Users').click();
  await expect(checkbox(page, 'Ivo')).toBeChecked();
  await expect(unsaved(page, '2 changes are not saved yet.')).toBeVisible();
  await page.unroute('**/_fn/roles/change-identities');
  await button(page, 'Save').click();
  await expect(identities(page)).toContainText(/Users\s*Ivo\s*Client-Credentials Clients\s*Inlet valve/);
});

test('everybody has Tenant Member, so nobody is given it', async ({ page }) => {
  await openRole(page, 'Tenant Member');
  const { role } = query(page);
  await expectUnusable(button(page, 'Manage Identities'), 'Everybody in the tenant has Tenant Member');
  await button(page, 'Manage Identities').click({ force: true });
  await expect(heading(page, 'Manage Identities')).toHaveCount(0);
  expect(query(page)).toEqual({ role });
});

test('nobody takes Tenant Administrator from themselves', async ({ page }) => {
  await openIdentities(page, 'Tenant Administrator');
  const own = checkbox(page, 'admin');
  await expect(own).toBeChecked();
  await expect(own).toBeDisabled();
  await expect(own).toHaveAccessibleDescription(`${administrator.email} · you`);
  await expect(checkbox(page, 'Ida')).toBeEnabled();
});

test('Tenant Administrator is marked as not advised for a client', async ({ page }) => {
  await openIdentities(page, 'Tenant Administrator');
  await expect(page.getByText('Not advised for a client.', { exact: true })).toHaveCount(0);
  await tab(page, clients).click();
  await expect(page.getByText('Not advised for a client.', { exact: true })).toBeVisible();
});

test('many are listed page by page, and what is chosen outlasts pages, filters and tabs', async ({ page, server }) => {
  for (let number = 1; number <= 30; number++) {
    await storeClient(page.request, server, 'Client-Credentials Client', { name: `Zone pump ${String(number).padStart(2, '0')}` });
  }
  await createRole(page.request, server, { name: 'Paged.Role' });
  await openIdentities(page, 'Paged.Role');
  await tab(page, clients).click();
  await expect(page.getByText('Page 1 of 2')).toBeVisible();
  await expect(listed(page)).toHaveCount(25);
  await expect(button(page, 'Previous')).toHaveAttribute('aria-disabled', 'true');
  await checkbox(page, 'Inlet pump').check();
  await button(page, 'Next').click();
  await expect(page.getByText('Page 2 of 2')).toBeVisible();
  await expect(listed(page)).toHaveCount(7);
  await expect(button(page, 'Next'), 'it leads nowhere, but keeps the focus').toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Next')).toBeFocused();
  await checkbox(page, 'Zone pump 30').check();
  await identityFilter(page).fill('zone pump 07');
  await expect(listed(page)).toHaveCount(1);
  await checkbox(page, 'Zone pump 07').check();
  await tab(page, 'Users').click();
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await identityFilter(page).fill('');
  await checkbox(page, 'Ida').check();
  await tab(page, clients).click();
  await expect(checkbox(page, 'Inlet pump')).toBeChecked();
  await expect(checkbox(page, 'Zone pump 07')).toBeChecked();
  await button(page, 'Next').click();
  await expect(checkbox(page, 'Zone pump 30')).toBeChecked();
  await button(page, 'Previous').click();
  await expect(page.getByText('Page 1 of 2')).toBeVisible();
  await expect(unsaved(page, '4 changes are not saved yet.')).toBeVisible();
  await button(page, 'Save').click();
  await expect(identities(page)).toContainText(/Users\s*Ida\s*Client-Credentials Clients\s*Inlet pump, Zone pump 07, Zone pump 30/);
});
