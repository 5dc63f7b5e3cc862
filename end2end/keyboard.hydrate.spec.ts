// A client is added without a mouse.
import type { Locator, Page } from '@playwright/test';
import { button, checkbox, clientsUrl, created, details, field, heading, text } from './support/clients.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

/** The focus is somewhere, and drawn: around the element, or around the row that its link lies over. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focus = await page.evaluate(() => {
    const active = document.activeElement!;
    // Not by :focus-visible, which doesn't hold for a box of a date: its focus is inside.
    const drawn = [null, '::after'].some((part) => getComputedStyle(active, part).outlineStyle !== 'none');
    return { on: active.outerHTML.slice(0, 100), lost: active === document.body, drawn };
  });
  expect(focus).toMatchObject({ lost: false, drawn: true });
}

/** Presses Tab until the control has the focus; on the way the focus must be seen. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let step = 0; step < 80; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    await expectVisibleFocus(page);
  }
  throw new Error(`Tab doesn't reach ${control}`);
}

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
