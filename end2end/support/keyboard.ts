import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The focus is drawn, around the element or around the row that its link lies over. After the last one it is outside. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focus = await page.evaluate(() => {
    const active = document.activeElement!;
    // Not by :focus-visible, which doesn't hold for a box of a date: its focus is inside.
    const drawn = [null, '::after'].some((part) => getComputedStyle(active, part).outlineStyle !== 'none');
    return { on: active.outerHTML.slice(0, 100), drawn: drawn || active === document.body };
  });
  expect(focus).toMatchObject({ drawn: true });
}

/** Presses Tab until the control has the focus; on the way the focus must be seen. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let step = 0; step < 80; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    await expectVisibleFocus(page);
  }
  throw new Error(`Tab doesn't reach ${control}`);
}

/** Goes to a control and presses it. */
export async function pressOn(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

/** Types over what stands in a field. */
export async function typeInto(page: Page, field: Locator, words: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
}
