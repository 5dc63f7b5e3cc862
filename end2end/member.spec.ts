// A member who is not a Tenant Administrator sees the lists and can change nothing.
import type { APIRequestContext, Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from './support/add-client.ts';
import { button, clientsUrl, createClient, created, details, heading, link, storedTotal } from './support/clients.ts';
import { ask, createInvited, usersUrl } from './support/people.ts';
import { createRole, heldByNobody, rolesUrl } from './support/roles.ts';
import type { Server } from './support/server.ts';
import { createMember, signIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

test.use({ serverOptions: { name: 'member' } });
test.describe.configure({ mode: 'default' });

const member = { email: 'mia@example.com', password: '' };
const ids = { client: '', role: '', user: '' };

test.beforeAll(async ({ playwright, server, administratorState }) => {
  const request = await playwright.request.newContext({ storageState: administratorState });
  Object.assign(member, await createMember(server, member.email));
  ids.client = (await createClient(server, { name: 'Reservoir level bridge' })).id;
  ids.role = await createRole(request, server, { name: 'Bridge.Read' });
  ids.user = (await createInvited(request, server, { name: 'Ines Invited', email: 'ines@example.com' })).id;
  await request.dispose();
});

/** What may be there: copying, and the buttons of filter and paging. */
async function expectNothingToChangeWith(page: Page): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByRole('button', { name: /^(?!Copy|Show)/ })).toHaveCount(0);
  for (const role of ['textbox', 'checkbox', 'radio', 'switch', 'tab'] as const) await expect(main.getByRole(role)).toHaveCount(0);
}

const pages: [title: string, url: string, name: string, key: keyof typeof ids, forms: string[]][] = [
  ['Clients', clientsUrl, 'Reservoir level bridge', 'client', ['edit', 'add-secret', 'edit-secret&secret=1']],
  ['Roles', rolesUrl, 'Bridge.Read', 'role', ['edit', 'identities']],
  ['Users', usersUrl, 'Ines Invited', 'user', ['edit']],
];

inBothModes(() => {
  test.use({ storageState: signedOut });

  for (const [title, url, name, key, forms] of pages) {
    test(`${title}: sees list and Details, and no control that changes anything`, async ({ page, visit }) => {
      await signIn(page, member);
      await visit(url);
      await expect(link(page, name)).toBeVisible();
      await expectNothingToChangeWith(page);
      await link(page, name).click();
      await expect(heading(details(page), name)).toBeVisible();
      await expect(details(page)).toContainText(ids[key]);
      await expectNothingToChangeWith(page);
    });

    test(`${title}: the address of a form opens none`, async ({ page, visit }) => {
      await signIn(page, member);
      await visit(`${url}?pane=add`);
      await expect(link(page, name)).toBeVisible();
      await expect(page.getByRole('heading', { level: 2, name: /^Add / })).toHaveCount(0);
      await expectNothingToChangeWith(page);
      for (const form of forms) {
        await visit(`${url}?${key}=${ids[key]}&pane=${form}`);
        await expect(heading(details(page), name)).toBeVisible();
        await expectNothingToChangeWith(page);
      }
    });
  }
});

test('the server function refuses what it takes from an administrator', async ({ page, newContext, server }) => {
  await openAddClient(page);
  await toCreateSecret(page, { name: 'By an administrator' });
  const save = page.waitForRequest((request) => /By(%20|\+| )an(%20|\+| )administrator/.test(request.postData() ?? ''));
  await button(page, 'Save').click();
  const request = await save;
  await button(created(page), 'Close').click();
  const before = await storedTotal(page);

  const context = await newContext();
  await signIn(await context.newPage(), member);
  const again = {
    data: request.postData()!.replace('administrator', 'nobody'),
    headers: { 'content-type': request.headers()['content-type']!, accept: request.headers()['accept'] ?? '*/*', origin: server.url },
  };
  expect((await context.request.post(request.url(), again)).status()).toBe(403);

  // Neither from another site, nor without a session.
  const foreign = { ...again, headers: { ...again.headers, origin: 'https://example.com', 'sec-fetch-site': 'cross-site' } };
  expect((await page.request.post(request.url(), foreign)).status()).toBe(403);
  await context.clearCookies();
  expect((await context.request.post(request.url(), again)).status()).toBe(401);
  expect(await storedTotal(page)).toBe(before);
});

/** Each server function that changes something, with what an administrator could send. */
function changes(own: string): [path: string, data: object][] {
  const { client, role, user } = ids;
  const secret = { description: 'by a member', expiration: '', never_expires: true };
  return [
    ['clients/edit', { id: client, version: 1, form: { name: 'By a member', token_lifetime: '60' } }],
    ['clients/remove', { id: client }],
    ['clients/set-enabled', { id: client, enabled: false }],
    ['secrets/add', { client, form: secret }],
    ['secrets/edit', { client, id: 1, version: 1, form: secret }],
    ['secrets/remove', { client, id: 1 }],
    ['roles/add', { form: { name: 'By.Member', description: '' } }],
    ['roles/edit', { id: role, version: 1, form: { name: 'By.Member', description: '' } }],
    ['roles/remove', { id: role, confirmed: heldByNobody }],
    ['roles/change-identities', { role, changes: { give: [{ User: own }, { Client: client }], take: [] } }],
    ['users/invite', { form: { name: 'By a member', email: 'by@example.com', roles: [role] } }],
    ['users/edit', { id: own, version: 1, form: { name: 'Mia Mighty', email: member.email, roles: [role] } }],
    ['users/edit', { id: user, version: 1, form: { name: 'By a member', email: 'by@example.com', roles: [] } }],
    ['users/remove', { id: user }],
    ['users/reset', { id: user }],
    ['users/set-enabled', { id: user, enabled: false }],
  ];
}

/** Everything that those could change, as the administrator reads it. */
async function stored(request: APIRequestContext, server: Server): Promise<string> {
  const list = { query: { filter: '', sort: 'NameAscending', paging: { page: 1, per_page: 200, start: 'Number' } } };
  const questions: [path: string, data: object][] = [
    ['clients/details', { id: ids.client }],
    ['roles/details', { id: ids.role }],
    ['users/details', { id: ids.user }],
    ['roles/list', list],
    ['users/list', list],
  ];
  const answers: unknown[] = [];
  for (const [path, data] of questions) {
    const answer = await ask(request, server, path, data);
    expect([path, answer.status()]).toEqual([path, 200]);
    answers.push(await answer.json());
  }
  return JSON.stringify(answers, (key, value: unknown) => (['now', 'last_sign_in'].includes(key) ? undefined : value));
}

test('every server function that changes something refuses a member, another site, and whoever is signed out', async ({ page, newContext, server }) => {
  const context = await newContext();
  const other = await context.newPage();
  await signIn(other, member);
  await other.goto(`${usersUrl}?filter=${member.email}`);
  await link(other, 'Mia Member').click();
  await expect(heading(details(other), 'Mia Member')).toBeVisible();
  const before = await stored(page.request, server);

  const nobody = (await newContext()).request;
  const site = { origin: 'https://example.com', 'sec-fetch-site': 'cross-site' };
  for (const [path, data] of changes(new URL(other.url()).searchParams.get('user')!)) {
    const statuses = {
      member: (await ask(context.request, server, path, data)).status(),
      'another site': (await page.request.post(`${server.url}/_fn/${path}`, { data, headers: site })).status(),
      'signed out': (await ask(nobody, server, path, data)).status(),
    };
    expect.soft(statuses, path).toEqual({ member: 403, 'another site': 403, 'signed out': 401 });
  }
  expect(await stored(page.request, server)).toBe(before);
});
