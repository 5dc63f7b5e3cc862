import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test';
import { button, details, heading, link, text } from './clients.ts';
import { ask } from './people.ts';
import type { Server } from './server.ts';
import { gotoHydrated } from './test.ts';

export const rolesUrl = '/security/roles';

export interface NewRole {
  name: string;
  description?: string;
}

/** What a removal confirms when nobody has the role. */
export const heldByNobody = { user_count: 0, client_count: 0, users: [], clients: [] };

/** Makes a role behind the page's back and answers its id. */
export async function createRole(request: APIRequestContext, server: Server, { name, description = '' }: NewRole): Promise<string> {
  return (await ask(request, server, 'roles/add', { form: { name, description } })).json();
}

export async function openRole(page: Page, name: string): Promise<void> {
  await gotoHydrated(page, rolesUrl);
  await link(page, name).click();
  await expect(heading(details(page), name)).toBeVisible();
}

/** Adds a role as a person does; its Details are open afterwards. */
export async function addRole(page: Page, { name, description = '' }: NewRole): Promise<void> {
  await gotoHydrated(page, rolesUrl);
  await button(page, 'Add Role').click();
  await text(page, 'Name').fill(name);
  await text(page, 'Description').fill(description);
  await button(page, 'Add').click();
  await expect(heading(details(page), name)).toBeVisible();
}

export async function openIdentities(page: Page, role: string): Promise<void> {
  await openRole(page, role);
  await button(page, 'Manage Identities').click();
  await expect(heading(page, 'Manage Identities')).toBeVisible();
}

/** Who has the role, as its Details tell it. */
export const identities = (page: Page) => details(page).getByRole('region', { name: 'Identities', exact: true });
export const identityFilter = (page: Page) => page.getByRole('searchbox', { name: 'Filter Identities', exact: true });
export const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

/** The control is there, but can't be used, and says why. */
export async function expectUnusable(control: Locator, why: string): Promise<void> {
  await expect(control).toHaveAttribute('aria-disabled', 'true');
  await expect(control).toHaveAccessibleDescription(why);
}

/** The lists of Roles and of Users, whose only table they are. */
export const listed = (page: Page) => page.getByRole('table').locator('tbody').getByRole('link');
export const rowOf = (page: Page, name: string) => page.getByRole('table').locator('tbody tr').filter({ has: link(page, name) });
/** "1 – 50 of 1,234" or "No roles". */
export const rangeOf = (page: Page) => page.getByRole('status').filter({ hasText: /^\s*([\d,]+ – [\d,]+ of [\d,]+|No (roles|users))\s*$/ });
export const confirmation = (page: Page, question: string) => page.getByRole('dialog', { name: question, exact: true });
