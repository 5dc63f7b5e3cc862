// Two people maintain the same role or user, or something that one of them has removed: each is told.
import type { APIRequestContext } from '@playwright/test';
import { button, checkbox, details, heading, link, text } from './support/clients.ts';
import { enabledSwitch } from './support/lifecycle.ts';
import { ask, createInvited, usersUrl } from './support/people.ts';
import { confirmation, heldByNobody, identities, identityFilter, rowOf } from './support/roles.ts';
import type { Server } from './support/server.ts';
import { expect, gotoHydrated } from './support/test.ts';
import { makeClient, makeRole, open, overtaken, said, saveFirst, test } from './support/two-people.ts';

test.beforeEach(({ expectFailure }) => expectFailure(404, 409));

const makeUser = async (request: APIRequestContext, server: Server, name: string) => {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  return `${usersUrl}?user=${(await createInvited(request, server, { name, email })).id}`;
};

/** Removes what is selected at the address, behind the page's back. */
async function remove(request: APIRequestContext, server: Server, kind: 'client' | 'role' | 'user', url: string): Promise<void> {
  const id = new URL(url, server.url).searchParams.get(kind);
  expect((await ask(request, server, `${kind}s/remove`, { id, ...(kind === 'role' && { confirmed: heldByNobody }) })).status()).toBe(200);
}

test('Edit User: the second Save tells what the first one changed, keeps what was typed, and then stores it', async ({ page, other, server }) => {
  const url = await makeUser(page.request, server, 'Both edit');
  for (const each of [page, other]) await open(each, url, 'Edit User');
  await text(page, 'Name').fill('Mine');
  await checkbox(page, 'Tenant Viewer').check();
  await text(other, 'Name').fill('Theirs');
  await text(other, 'E-mail').fill('theirs@example.com');
  await checkbox(other, 'Tenant Contributor').check();
  await saveFirst(other, 'Edit User');

  await button(page, 'Save').click();
  for (const words of [
    overtaken,
    'Name is now “Theirs”.',
    'E-mail is now “theirs@example.com”.',
    /Roles is now “[^”]*Tenant Contributor[^”]*”\./,
  ]) {
    await expect(said(page)).toContainText(words);
  }
  await expect(heading(page, 'Edit User')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue('Mine');
  await expect(text(page, 'E-mail')).toHaveValue('both.edit@example.com');
  await expect(checkbox(page, 'Tenant Viewer')).toBeChecked();
  await expect(checkbox(page, 'Tenant Contributor')).not.toBeChecked();

  await button(page, 'Save').click();
  await expect(heading(details(page), 'Mine')).toBeVisible();
  for (const fact of ['both.edit@example.com', 'Tenant Viewer']) await expect(details(page)).toContainText(fact);
  await expect(details(page)).not.toContainText('Tenant Contributor');
  await expect(link(page, 'Theirs')).toHaveCount(0);
});

for (const [kind, command, make] of [['role', 'Remove Role', makeRole], ['user', 'Remove User', makeUser]] as const) {
  test(`${command} of what the other removed says so, and Close brings the list up to date`, async ({ page, server }) => {
    const name = `Gone before ${command}`;
    const url = await make(page.request, server, name);
    await gotoHydrated(page, url);
    await button(page, command).click();
    await remove(page.request, server, kind, url);
    const asked = confirmation(page, `Remove “${name}”?`);
    await button(asked, 'Remove').click();
    await expect(asked).toContainText(`Somebody removed this ${kind} already.`);
    await expect(button(asked, 'Remove')).toBeHidden();
    await expect(button(asked, 'Close')).toBeFocused();
    await button(asked, 'Close').click();
    await expect(asked).toBeHidden();
    await expect(rowOf(page, name)).toHaveCount(0);
    await expect(details(page)).toHaveCount(0);
  });
}

test('Manage Identities says who of the chosen the other removed; the rest stays chosen, and the next Save stores it', async ({ page, server }) => {
  const url = await makeRole(page.request, server, 'Chosen.Role');
  const gone = await makeUser(page.request, server, 'Chosen and gone');
  await makeUser(page.request, server, 'Chosen and kept');
  await open(page, url, 'Manage Identities');
  await identityFilter(page).fill('chosen and');
  await expect(checkbox(page, 'admin')).toHaveCount(0);
  for (const name of ['Chosen and gone', 'Chosen and kept']) await checkbox(page, name).check();
  await remove(page.request, server, 'user', gone);
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Removed by somebody meanwhile: Chosen and gone.');
  await expect(checkbox(page, 'Chosen and gone')).toHaveCount(0);
  await expect(checkbox(page, 'Chosen and kept')).toBeChecked();
  await expect(page.getByText('1 change is not saved yet.')).toBeVisible();
  await button(page, 'Save').click();
  await expect(identities(page)).toContainText(/Users\s*Chosen and kept\s*Client/);
});

test('Manage Identities of a role that the other removed says so, and Cancel shows that it is gone', async ({ page, server }) => {
  const url = await makeRole(page.request, server, 'Managed and gone');
  await makeUser(page.request, server, 'Left without');
  await open(page, url, 'Manage Identities');
  await identityFilter(page).fill('left without');
  await expect(checkbox(page, 'admin')).toHaveCount(0);
  await checkbox(page, 'Left without').check();
  await remove(page.request, server, 'role', url);
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Somebody removed this role meanwhile');
  await button(page, 'Cancel').click();
  await expect(details(page)).toContainText('There is no role with this id.');
  await expect(rowOf(page, 'Managed and gone')).toHaveCount(0);
});

for (const [kind, words, make] of [
  ['client', 'Somebody removed this client meanwhile.', makeClient],
  ['user', 'Somebody removed this user already.', makeUser],
] as const) {
  test(`disabling a ${kind} that the other removed says so, and Close shows that it is gone`, async ({ page, server }) => {
    const name = `Gone before Disable ${kind}`;
    const url = await make(page.request, server, name);
    await gotoHydrated(page, url);
    await enabledSwitch(page).click();
    await remove(page.request, server, kind, url);
    const asked = confirmation(page, `Disable “${name}”?`);
    await button(asked, 'Disable').click();
    await expect(asked).toContainText(words);
    await button(asked, 'Close').click();
    await expect(asked).toBeHidden();
    await expect(details(page)).toContainText(`There is no ${kind} with this id.`);
    await expect(rowOf(page, name)).toHaveCount(0);
  });
}
