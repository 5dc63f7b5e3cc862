import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The focus is drawn, around the element or around the row that its link lies over. Answers whether it is in the page. */
async function expectVisibleFocus(page: Page): Promise<boolean> {
  const focus = await page.evaluate(() => {
    const active = document.activeElement!;
    // Not by :focus-visible, which doesn't hold for a box of a date: its focus is inside.
    const drawn = [null, '::after'].some((part) => getComputedStyle(active, part).outlineStyle !== 'none');
    return { on: active.outerHTML.slice(0, 100), inside: active !== document.body, drawn };
  });
  if (focus.inside) expect(focus).toMatchObject({ drawn: true });
  return focus.inside;
}

/** Presses Tab until the control has the focus; on the way the focus must be seen. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  let outside = 0;
  for (let step = 0; step < 80; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
    if (!(await expectVisibleFocus(page))) outside++;
    expect(outside, 'Tab leaves the page once, after its last control').toBeLessThan(2);
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
