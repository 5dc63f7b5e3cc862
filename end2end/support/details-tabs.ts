// The tabs of the details of a client.
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { details, link } from './clients.ts';
import { clientUrl, type ClientType } from './lifecycle.ts';

export const languages = ['curl', 'Python', 'JavaScript', 'C#', 'Rust', 'Java', '.env'];

/** What stands in the examples in place of the secret. */
export const placeholder = 'YOUR_CLIENT_SECRET';

export const detailsTabs = (page: Page) => page.getByRole('navigation', { name: 'Details', exact: true });

export async function expectOpenTab(page: Page, name: string): Promise<void> {
  await expect(detailsTabs(page).locator('[aria-current="page"]')).toHaveText(name);
}

/** Where a tab of a client is. */
export const tabUrl = (type: ClientType, client: { id: string }, tab: 'code' | 'connection') => `${clientUrl(type, client)}&tab=${tab}`;

/** An example, by the name of its language. */
export const example = (page: Page, language: string): Locator =>
  details(page).locator('details').filter({ has: page.getByText(language, { exact: true }) });

/** Opens an example, if it isn't open; answers its code. */
export async function openExample(page: Page, language: string): Promise<Locator> {
  const code = example(page, language).locator('pre');
  if (!(await code.isVisible())) await example(page, language).locator('summary').click();
  await expect(code).toBeVisible();
  return code;
}

export async function openTab(page: Page, name: string): Promise<void> {
  await link(detailsTabs(page), name).click();
  await expectOpenTab(page, name);
}

/** A value of Connection Information. */
export const connection = (page: Page, name: string): Locator =>
  details(page)
    .locator('dl > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('code');
