import { expect, type Page } from '@playwright/test';
import { button, checkbox, clientsUrl, created, field, heading, text } from './clients.ts';
import { gotoHydrated } from './test.ts';
import type { Credentials } from './tokens.ts';

export interface Filled {
  name: string;
  tokenLifetime?: string;
  roles?: string[];
  description?: string;
  neverExpires?: boolean;
}

export async function openAddClient(page: Page): Promise<void> {
  await gotoHydrated(page, clientsUrl);
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeVisible();
}

/** Fills the first pane and goes on to the second. */
export async function toCreateSecret(page: Page, filled: Filled): Promise<void> {
  await text(page, 'Name').fill(filled.name);
  if (filled.tokenLifetime) await field(page, 'Token Lifetime').fill(filled.tokenLifetime);
  for (const role of filled.roles ?? []) await checkbox(page, role).check();
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeVisible();
}

export const shownCredentials = async (page: Page): Promise<Credentials> => ({
  id: await text(created(page), 'Client Id').inputValue(),
  secret: await text(created(page), 'Client Secret').inputValue(),
});

/** All the way to the open window. */
export async function addClient(page: Page, filled: Filled): Promise<Credentials> {
  await openAddClient(page);
  await toCreateSecret(page, filled);
  if (filled.description) await text(page, 'Description').fill(filled.description);
  if (filled.neverExpires) await checkbox(page, 'Never Expires').check();
  await button(page, 'Save').click();
  await expect(created(page)).toBeVisible();
  return shownCredentials(page);
}
