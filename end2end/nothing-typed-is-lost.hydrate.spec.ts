// What was typed into a form stays when one almost leaves it and when the server fails; then it can be stored. Add Client is
// in clients/leave and clients/failures, Manage Identities in identities.
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { button, details, heading, link, question, text } from './support/clients.ts';
import { clientUrl, secretCreated, secretRow, storeClient } from './support/lifecycle.ts';
import { createInvited, invitation, usersUrl } from './support/people.ts';
import { createRole, rolesUrl } from './support/roles.ts';
import type { Server } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { open, said } from './support/two-people.ts';

test.use({ serverOptions: { name: 'typed' } });
test.describe.configure({ mode: 'default' });

const type = 'Client-Credentials Client';

interface Form {
  pane: string;
  /** Makes what the form is about, and answers where the form is opened. */
  at: (request: APIRequestContext, server: Server) => Promise<string>;
  typed: Record<string, string>;
  /** A row that one could leave for. */
  another: string;
  path: string;
  submit: string;
  /** What is seen once it is stored. */
  stored: (page: Page) => Locator;
}

const clientOf = (pane: string) => async (request: APIRequestContext, server: Server) =>
  clientUrl(type, await storeClient(request, server, type, { name: `Client of ${pane}` }));

const forms: Form[] = [
  {
    pane: 'Edit Client',
    at: clientOf('Edit Client'),
    typed: { Name: 'Renamed client', 'Token Lifetime': '90' },
    another: 'Another client',
    path: 'clients/edit',
    submit: 'Save',
    stored: (page) => heading(details(page), 'Renamed client'),
  },
  {
    pane: 'Add Secret',
    at: clientOf('Add Secret'),
    typed: { Description: 'second secret' },
    another: 'Another client',
    path: 'secrets/add',
    submit: 'Add',
    stored: secretCreated,
  },
  {
    pane: 'Edit Secret',
    at: clientOf('Edit Secret'),
    typed: { Description: 'changed secret' },
    another: 'Another client',
    path: 'secrets/edit',
    submit: 'Save',
    stored: (page) => secretRow(page, 'changed secret'),
  },
  {
    pane: 'Add Role',
    at: async () => rolesUrl,
    typed: { Name: 'Added.Role', Description: 'typed' },
    another: 'Tenant Viewer',
    path: 'roles/add',
    submit: 'Add',
    stored: (page) => heading(details(page), 'Added.Role'),
  },
  {
    pane: 'Edit Role',
    at: async (request, server) => `${rolesUrl}?role=${await createRole(request, server, { name: 'Before.Edit' })}`,
    typed: { Name: 'Edited.Role', Description: 'typed' },
    another: 'Tenant Viewer',
    path: 'roles/edit',
    submit: 'Save',
    stored: (page) => heading(details(page), 'Edited.Role'),
  },
  {
    pane: 'Add User',
    at: async () => usersUrl,
    typed: { Name: 'Nora New', 'E-mail': 'nora@example.com' },
    another: 'admin',
    path: 'users/invite',
    submit: 'Add',
    stored: invitation,
  },
  {
    pane: 'Edit User',
    at: async (request, server) => {
      const { id } = await createInvited(request, server, { name: 'Eda Edited', email: 'eda@example.com' });
      return `${usersUrl}?user=${id}`;
    },
    typed: { Name: 'Edna Edited', 'E-mail': 'edna@example.com' },
    another: 'admin',
    path: 'users/edit',
    submit: 'Save',
    stored: (page) => heading(details(page), 'Edna Edited'),
  },
];

const operation = '00000000-0000-4000-8000-000000000007';

/** How the server fails, and what is said then. */
const failures = [
  { answer: { status: 500 }, words: "The server doesn't answer. It may have been stored" },
  { answer: { status: 500, json: { Failed: operation } }, words: `The server failed. Nothing was changed. Try again; its log says why, under operation ${operation}.` },
];

test.beforeAll(async ({ playwright, server, administratorState }) => {
  const request = await playwright.request.newContext({ storageState: administratorState });
  await storeClient(request, server, type, { name: 'Another client' });
  await request.dispose();
});

for (const { pane, at, typed, another, path, submit, stored } of forms) {
  test(`${pane}: what was typed outlasts Keep Editing, Back and a server that fails`, async ({ page, server, expectFailure }) => {
    expectFailure(500);
    const expectTyped = async () => {
      for (const [label, value] of Object.entries(typed)) await expect(text(page, label)).toHaveValue(value);
    };
    await open(page, await at(page.request, server), pane);
    for (const [label, value] of Object.entries(typed)) await text(page, label).fill(value);

    const address = page.url();
    for (const leave of [() => link(page, another).click(), () => page.goBack()]) {
      await leave();
      await button(question(page), 'Keep Editing').click();
      await expect(question(page)).toBeHidden();
      await expect(heading(page, pane)).toBeVisible();
      await expect(page).toHaveURL(address);
      await expectTyped();
    }

    for (const { answer, words } of failures) {
      await page.route(`**/_fn/${path}`, (route) => route.fulfill(answer));
      await button(page, submit).click();
      await expect(said(page)).toContainText(words);
      await expectTyped();
      await page.unroute(`**/_fn/${path}`);
    }
    await button(page, submit).click();
    await expect(stored(page)).toBeVisible();
  });
}
