// A client is added without a mouse.
import { button, checkbox, clientsUrl, created, details, field, heading, text } from './support/clients.ts';
import { tabTo } from './support/keyboard.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test('adding a client by keyboard', async ({ page }) => {
  await gotoHydrated(page, clientsUrl);
  await tabTo(page, button(page, 'Add Client'));
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Add Client')).toBeFocused();
  await tabTo(page, text(page, 'Name'));
  await page.keyboard.type('Keyboard client');
  await tabTo(page, field(page, 'Token Lifetime'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('120');

  const tenantRoles = page.getByRole('tab', { name: 'Tenant Roles', exact: true });
  const communityRoles = page.getByRole('tab', { name: 'Community Roles', exact: true });
  await tabTo(page, tenantRoles);
  await page.keyboard.press('ArrowRight');
  await expect(communityRoles).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tenantRoles).toHaveAttribute('aria-selected', 'true');
  await tabTo(page, checkbox(page, 'Tenant Data Steward'));
  await page.keyboard.press('Space');
  await tabTo(page, button(page, 'Next'));
  await page.keyboard.press('Enter');

  await expect(heading(page, 'Create Secret')).toBeFocused();
  await tabTo(page, text(page, 'Description'));
  await page.keyboard.type('typed');
  await tabTo(page, checkbox(page, 'Never Expires'));
  await page.keyboard.press('Space');
  await tabTo(page, button(page, 'Save'));
  await page.keyboard.press('Enter');

  await expect(button(created(page), 'Copy').first()).toBeFocused();
  await tabTo(page, button(created(page), 'Close'));
  await page.keyboard.press('Enter');
  await expect(heading(details(page), 'Keyboard client')).toBeVisible();
  await expect(details(page)).toContainText('120 seconds');
  await expect(details(page)).toContainText('Tenant Data Steward');
});

test('Enter in a field goes on', async ({ page }) => {
  await gotoHydrated(page, `${clientsUrl}?pane=add`);
  await text(page, 'Name').fill('By Enter');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Create Secret')).toBeFocused();
  await text(page, 'Description').press('Enter');
  await expect(created(page)).toBeVisible();
});
