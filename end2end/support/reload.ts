import { expect, type Page } from '@playwright/test';

/** Reloads the page; the browser asks, and one stays. */
export async function reloadAndStay(page: Page): Promise<void> {
  const asked = page.waitForEvent('dialog');
  // Not awaited: a reload that asks doesn't end before the answer.
  await page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
}
