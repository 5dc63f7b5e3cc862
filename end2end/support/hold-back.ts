import type { Page } from '@playwright/test';

/** Keeps the answers of a server function back; the result counts the questions and lets the answers go. */
export async function holdBack(page: Page, path: string) {
  const held = { asked: 0, release: () => {} };
  const released = new Promise<void>((resolve) => (held.release = resolve));
  await page.route(`**/_fn/${path}`, async (route) => {
    held.asked += 1;
    await released;
    await route.continue();
  });
  return held;
}
