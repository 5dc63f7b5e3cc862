// Moving between the two panes: what was typed, the focus, the address.
import { addClient, openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, checkbox, created, createClient, details, field, heading, link, query, storedTotal, text } from '../support/clients.ts';
import { expect, test } from '../support/test.ts';

const typed = { name: 'Dosing pump 4', tokenLifetime: '900', roles: ['Tenant Viewer'] };

test('Cancel closes either pane, stores nothing and gives the focus back', async ({ page }) => {
  const before = await storedTotal(page);
  await openAddClient(page);
  await expect(heading(page, 'Add Client')).toBeFocused();
  await button(page, 'Cancel').click();
  await expect(heading(page, 'Add Client')).toBeHidden();
  await expect(button(page, 'Add Client')).toBeFocused();
  expect(query(page)).toEqual({});

  await button(page, 'Add Client').click();
  await toCreateSecret(page, { name: 'Cancelled client' });
  await expect(heading(page, 'Create Secret')).toBeFocused();
  await button(page, 'Cancel').click();
  await expect(heading(page, 'Create Secret')).toBeHidden();
  expect(await storedTotal(page)).toBe(before);
});

test('Back keeps what was typed, in both directions', async ({ page }) => {
  await openAddClient(page);
  await toCreateSecret(page, typed);
  await text(page, 'Description').fill('kept');
  await checkbox(page, 'Never Expires').check();
  await button(page, 'Back').click();
  await expect(heading(page, 'Add Client')).toBeFocused();
  await expect(text(page, 'Name')).toHaveValue(typed.name);
  await expect(field(page, 'Token Lifetime')).toHaveValue('900');
  await expect(checkbox(page, 'Tenant Viewer')).toBeChecked();
  await button(page, 'Next').click();
  await expect(text(page, 'Description')).toHaveValue('kept');
  await expect(checkbox(page, 'Never Expires')).toBeChecked();
});

test("the browser's Back goes from Create Secret to Add Client; reload gives an empty Add Client", async ({ page }) => {
  await openAddClient(page);
  await toCreateSecret(page, typed);
  const address = page.url();
  await page.goBack();
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue(typed.name);
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeVisible();
  expect(page.url()).toBe(address);

  await page.reload();
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue('');
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  await expect(checkbox(page, 'Tenant Viewer')).not.toBeChecked();
});

test('a link with pane=add opens the pane', async ({ page, visit }) => {
  await visit('/security/clients?pane=add');
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(text(page, 'Name')).toBeEnabled();
});

test('a duplicate name gives a warning and works', async ({ page, server }) => {
  await createClient(server, { name: 'Named twice' });
  await openAddClient(page);
  await text(page, 'Name').fill('Named twice');
  await button(page, 'Next').click();
  await expect(page.getByText(/another client is already named/i)).toBeVisible();
  await button(page, 'Save').click();
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Named twice')).toBeVisible();
  await expect(link(page, 'Named twice')).toHaveCount(2);
});

test('the new client is selected whatever the filter', async ({ page, visit }) => {
  await visit('/security/clients?filter=no+such+client');
  await button(page, 'Add Client').click();
  await toCreateSecret(page, { name: 'Outside the filter' });
  await button(page, 'Save').click();
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Outside the filter')).toBeVisible();
});

test('the focus after the window closed is not lost', async ({ page }) => {
  await addClient(page, { name: 'Focus keeper' });
  await expect(button(created(page), 'Copy').first()).toBeFocused();
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Focus keeper').or(link(page, 'Focus keeper')).and(page.locator(':focus'))).toBeVisible();
});
