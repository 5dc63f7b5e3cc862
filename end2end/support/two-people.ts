// Two people who maintain the same thing at the same time.
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { button, details, heading } from './clients.ts';
import { clientUrl, storeClient } from './lifecycle.ts';
import { createRole, rolesUrl } from './roles.ts';
import type { Server } from './server.ts';
import { gotoHydrated, test as base } from './test.ts';

/** `page` is the first person's; `other` is the second one's, in a browser of their own. */
export const test = base.extend<{ other: Page }>({
  other: async ({ newContext, administratorState }, use) => {
    await use(await (await newContext({ storageState: administratorState })).newPage());
  },
});

export const overtaken = 'Somebody else changed this while you were editing.';
export const said = (page: Page) => page.getByRole('alert').filter({ visible: true, hasText: /./ });

/** Makes a client, or a role, and answers where it is selected. */
export const makeClient = async (request: APIRequestContext, server: Server, name: string) =>
  clientUrl('Client-Credentials Client', await storeClient(request, server, 'Client-Credentials Client', { name }));
export const makeRole = async (request: APIRequestContext, server: Server, name: string) =>
  `${rolesUrl}?role=${await createRole(request, server, { name, description: 'before' })}`;

/** Opens a form from Details; a client has one secret, which Edit Secret is for. */
export async function open(page: Page, url: string, command: string): Promise<void> {
  await gotoHydrated(page, url);
  if (command === 'Edit Secret') await details(page).getByRole('radio').check();
  await button(page, command).click();
  await expect(heading(page, command)).toBeFocused();
}

/** The other one's change is stored. */
export async function saveFirst(other: Page, command: string): Promise<void> {
  await button(other, 'Save').click();
  await expect(button(other, command)).toBeFocused();
}

/** The other one removes the client. */
export async function remove(other: Page, url: string): Promise<void> {
  await gotoHydrated(other, url);
  await button(other, 'Remove Client').click();
  await button(other, 'Remove').click();
  await expect(details(other)).toHaveCount(0);
}
