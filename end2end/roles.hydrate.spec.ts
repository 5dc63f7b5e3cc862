// Security > Roles: a custom role is added, changed and removed; a built-in one stays as it is.
import type { APIRequestContext } from '@playwright/test';
import { pressOn, tabTo, typeInto } from './support/keyboard.ts';
import { grant } from './support/tokens.ts';
import { button, checkbox, clientsUrl, createClient, details, expectMessage, heading, link, query, question, text } from './support/clients.ts';
import { ask, createInvited, createPerson } from './support/people.ts';
import { addRole, confirmation, createRole, expectUnusable, heldByNobody, identities, openIdentities, openRole, rangeOf, rolesUrl, rowOf, tab } from './support/roles.ts';
import type { Server } from './support/server.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test.use({ serverOptions: { name: 'roles' } });
test.describe.configure({ mode: 'default' });

test('a new role is listed, shown, and offered in Add Client at once', async ({ page }) => {
  await gotoHydrated(page, rolesUrl);
  await button(page, 'Add Role').click();
  await expect(heading(page, 'Add Role')).toBeFocused();
  await text(page, 'Name').fill('MyData.Role');
  await text(page, 'Description').fill('Reads the data of this exercise');
  await button(page, 'Add').click();

  await expect(heading(details(page), 'MyData.Role')).toBeVisible();
  await expect(rowOf(page, 'MyData.Role')).toContainText('Reads the data of this exercise');
  await expect(rowOf(page, 'MyData.Role')).toContainText('Tenant Custom');
  await expect(link(page, 'MyData.Role')).toHaveAttribute('aria-current', 'true');
  for (const fact of ['Role Id', query(page).role!, 'Reads the data of this exercise', 'Tenant Custom']) {
    await expect(details(page)).toContainText(fact);
  }
  await expect(identities(page)).toContainText(/Users\s*None\s*Client-Credentials Clients\s*None/);

  await link(page, 'Clients').click();
  await button(page, 'Add Client').click();
  await expect(checkbox(page, 'MyData.Role')).toBeEnabled();
  await expect(checkbox(page, 'MyData.Role')).toHaveAccessibleDescription('custom');
});

test('the focus goes to the title of the Details that open, of a new role and of a selected one', async ({ page }) => {
  await addRole(page, { name: 'Just.Added' });
  await expect(rowOf(page, 'Just.Added')).toBeVisible();
  await expect.soft(heading(details(page), 'Just.Added')).toBeFocused();
  await link(page, 'Tenant Viewer').click();
  await expect(heading(details(page), 'Tenant Viewer')).toBeFocused();
});

const wrong: [what: string, label: string, value: string, message: string][] = [
  ['an empty name', 'Name', '', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of 129 characters', 'Name', 'x'.repeat(129), 'Name is 1 to 128 characters. This has 129.'],
  ['a name that is taken in other letters', 'Name', 'tenant VIEWER', 'Name is taken: this tenant has a role of this name already.'],
  ['a description of 129 characters', 'Description', 'x'.repeat(129), 'Description is at most 128 characters. This has 129.'],
];

for (const [what, label, value, message] of wrong) {
  test(`${what} is refused at the field, and nothing is stored`, async ({ page, expectFailure }) => {
    expectFailure(422); // only the server knows which names are taken
    await gotoHydrated(page, rolesUrl);
    const before = await rangeOf(page).innerText();
    await button(page, 'Add Role').click();
    await text(page, 'Name').fill('Kept name');
    await text(page, 'Description').fill('kept description');
    await text(page, label).fill(value);
    await button(page, 'Add').click();
    await expectMessage(text(page, label), message);
    await expect(text(page, label)).toBeFocused();
    await expect(text(page, label)).toHaveValue(value);
    await expect(heading(page, 'Add Role')).toBeVisible();
    await page.reload();
    await expect(rangeOf(page)).toHaveText(before);
  });
}

test('a role is edited: its row and Details follow, and the focus is at the command again', async ({ page }) => {
  await addRole(page, { name: 'Turbine.Read', description: 'reads' });
  await button(page, 'Edit Role').click();
  await expect(heading(page, 'Edit Role')).toBeFocused();
  await expect(text(page, 'Name')).toHaveValue('Turbine.Read');
  await expect(text(page, 'Description')).toHaveValue('reads');
  await text(page, 'Name').fill('Turbine.Write');
  await text(page, 'Description').fill('');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Turbine.Write')).toBeVisible();
  await expect(button(page, 'Edit Role')).toBeFocused();
  await expect(details(page)).toContainText(/Description\s*None/);
  await expect(rowOf(page, 'Turbine.Write')).toHaveCount(1);
  await expect(rowOf(page, 'Turbine.Read')).toHaveCount(0);
});

test('another role’s name is refused when editing, the own one in other letters is not', async ({ page, expectFailure }) => {
  expectFailure(422);
  await addRole(page, { name: 'Valve.Open' });
  await button(page, 'Edit Role').click();
  await text(page, 'Name').fill('TENANT member');
  await button(page, 'Save').click();
  await expectMessage(text(page, 'Name'), 'Name is taken');
  await text(page, 'Name').fill('valve.open');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'valve.open')).toBeVisible();
});

test('without a selection Edit Role and Remove Role say what is missing', async ({ page }) => {
  await gotoHydrated(page, rolesUrl);
  for (const name of ['Edit Role', 'Remove Role']) {
    await expectUnusable(button(page, name), 'Select a role first');
    await button(page, name).click({ force: true });
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(query(page)).toEqual({});
});

test('a built-in role can be neither changed nor removed, and that is said', async ({ page }) => {
  await openRole(page, 'Tenant Data Steward');
  await expect(rowOf(page, 'Tenant Data Steward')).toContainText('Tenant Built-in');
  const { role } = query(page);
  for (const name of ['Edit Role', 'Remove Role']) {
    await expectUnusable(button(page, name), 'A built-in role can’t be changed or removed');
    await button(page, name).click({ force: true });
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(query(page)).toEqual({ role });
  await expect(details(page)).toContainText(/Role Type\s*Tenant Built-in\s*Can’t be changed or removed\./);
  await link(page, 'Tenant Administrator').click();
  await expect(details(page)).toContainText('Not advised for a client.');

  await gotoHydrated(page, `${rolesUrl}?role=${role}&pane=edit`);
  await expect(page.getByText('A built-in role can’t be changed.')).toBeVisible();
  await expect(text(page, 'Name')).toHaveCount(0);
  await expect(button(page, 'Save')).toHaveCount(0);
});

test('removing a role that is in use names who has it, and takes it from them', async ({ page, server }) => {
  await createPerson(server, { name: 'Hana Holder', email: 'hana@example.com' });
  const client = await createClient(server, { name: 'Holding client' });
  await addRole(page, { name: 'Soon.Gone' });
  await openIdentities(page, 'Soon.Gone');
  await checkbox(page, 'Hana Holder').check();
  await tab(page, 'Client-Credentials Clients').click();
  await checkbox(page, 'Holding client').check();
  await button(page, 'Save').click();
  await expect(identities(page)).toContainText('Holding client');
  expect((await grant(server, client)).token.payload.roles).toContain('Soon.Gone');

  const asked = confirmation(page, 'Remove “Soon.Gone”?');
  await button(page, 'Remove Role').click();
  await expect(button(asked, 'Cancel')).toBeFocused();
  await expect(button(asked, 'Remove')).toBeEnabled();
  for (const words of ['This role is in use.', 'Users: Hana Holder', 'Clients: Holding client']) await expect(asked).toContainText(words);
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(button(page, 'Remove Role')).toBeFocused();
  await expect(rowOf(page, 'Soon.Gone')).toBeVisible();

  await button(page, 'Remove Role').click();
  await button(asked, 'Remove').click();
  await expect(rowOf(page, 'Soon.Gone')).toHaveCount(0);
  expect((await grant(server, client)).token.payload.roles).toEqual(['Tenant Member']);
  await gotoHydrated(page, `${clientsUrl}?client=${client.id}`);
  await expect(details(page)).toContainText('Tenant Member');
  await expect(details(page)).not.toContainText('Soon.Gone');
});

/** Somebody new gets a role behind the page's back. */
async function give(request: APIRequestContext, server: Server, role: string, name: string): Promise<void> {
  const { id } = await createInvited(request, server, { name, email: `${name.toLowerCase()}@example.com` });
  const given = await ask(request, server, 'roles/change-identities', { role, changes: { give: [{ User: id }], take: [] } });
  expect(given.status()).toBe(200);
}

test('the question says who has the role now, and stands still while that is asked', async ({ page, server }) => {
  const role = await createRole(page.request, server, { name: 'Lately.Given' });
  await give(page.request, server, role, 'Early');
  await openRole(page, 'Lately.Given');
  await expect(identities(page)).toContainText(/Users\s*Early/);
  await give(page.request, server, role, 'Lately');

  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/_fn/roles/details', async (route) => {
    await answered;
    await route.continue();
  });
  const asked = confirmation(page, 'Remove “Lately.Given”?');
  await button(page, 'Remove Role').click();
  await expect(asked.getByText('Loading…')).toBeVisible();
  await expect(asked.getByText('Users:')).toBeHidden();
  await expect(button(asked, 'Remove')).toBeDisabled();
  await expect(button(asked, 'Cancel')).toBeFocused();
  const before = await asked.boundingBox();
  answer();
  await expect(asked.getByText('Users: Early, Lately')).toBeVisible();
  await expect(button(asked, 'Remove')).toBeEnabled();
  expect(await asked.boundingBox()).toEqual(before);
});

test('who gets the role while the question stands open loses it only after another question', async ({ page, server, expectFailure }) => {
  expectFailure(409);
  const role = await createRole(page.request, server, { name: 'Given.Meanwhile' });
  await openRole(page, 'Given.Meanwhile');
  const asked = confirmation(page, 'Remove “Given.Meanwhile”?');
  await button(page, 'Remove Role').click();
  await expect(button(asked, 'Remove')).toBeEnabled();
  await expect(asked).toContainText('Nobody has this role.');
  await give(page.request, server, role, 'Meanwhile');
  await button(asked, 'Remove').click();
  await expect(asked.getByRole('alert')).toContainText('Who has this role has changed meanwhile, so nothing was removed.');
  await expect(asked).toContainText('Users: Meanwhile');
  await expect(rowOf(page, 'Given.Meanwhile')).toBeVisible();
  await button(asked, 'Remove').click();
  await expect(rowOf(page, 'Given.Meanwhile')).toHaveCount(0);
});

test('removing a role that somebody removed already says so', async ({ page, server, expectFailure }) => {
  expectFailure(404);
  const gone = 'Somebody removed this role already.';
  for (const [name, early] of [['Gone.Before', true], ['Gone.Meanwhile', false]] as const) {
    const id = await createRole(page.request, server, { name });
    const remove = async () => expect((await ask(page.request, server, 'roles/remove', { id, confirmed: heldByNobody })).status()).toBe(200);
    await openRole(page, name);
    if (early) await remove();
    const asked = confirmation(page, `Remove “${name}”?`);
    await button(page, 'Remove Role').click();
    if (!early) {
      await expect(button(asked, 'Remove')).toBeEnabled();
      await remove();
      await button(asked, 'Remove').click();
    }
    await expect(asked.getByText(gone).filter({ visible: true })).toBeVisible();
    await button(asked, early ? 'Cancel' : 'Close').click();
    await expect(asked).toBeHidden();
    await expect(rowOf(page, name)).toHaveCount(0);
    await expect(details(page)).toHaveCount(0);
  }
});

test('who has the role could not be loaded: that is said, and asked again', async ({ page, server, expectFailure }) => {
  expectFailure(500);
  await createRole(page.request, server, { name: 'Asked.Again' });
  await openRole(page, 'Asked.Again');
  await page.route('**/_fn/roles/details', (route) => route.fulfill({ status: 500 }));
  const asked = confirmation(page, 'Remove “Asked.Again”?');
  await button(page, 'Remove Role').click();
  await expect(asked.getByText('The list of those who have it could not be loaded.')).toBeVisible();
  await expect(button(asked, 'Remove')).toBeDisabled();
  await page.unroute('**/_fn/roles/details');
  await button(asked, 'Load Holders Again').click();
  await expect(asked).toContainText('Nobody has this role.');
  await expect(button(asked, 'Cancel')).toBeFocused();
  await expect(button(asked, 'Remove')).toBeEnabled();
});

test('after a removal the focus is on the next row, after that of the last one on the row before', async ({ page, server }) => {
  for (const name of ['Zone 1', 'Zone 2', 'Zone 3', 'Zone 4']) await createRole(page.request, server, { name });
  await openRole(page, 'Zone 2');
  for (const [removed, then] of [['Zone 2', 'Zone 3'], ['Zone 3', 'Zone 4'], ['Zone 4', 'Zone 1']] as const) {
    await link(page, removed).click();
    await expect(heading(details(page), removed)).toBeVisible();
    await button(page, 'Remove Role').click();
    await expect(confirmation(page, `Remove “${removed}”?`)).toContainText('Nobody has this role.');
    await button(page, 'Remove').click();
    await expect(rowOf(page, removed)).toHaveCount(0);
    await expect.soft(link(page, then)).toBeFocused();
    await expect(details(page)).toHaveCount(0);
    expect(query(page)).toEqual({});
  }
});

test('what was typed outlasts Back and a request that failed', async ({ page, expectFailure }) => {
  expectFailure(500);
  await gotoHydrated(page, rolesUrl);
  await button(page, 'Add Role').click();
  await text(page, 'Name').fill('Typed.Slowly');
  await text(page, 'Description').fill('for an hour');
  await page.goBack();
  await button(question(page), 'Keep Editing').click();
  await page.route('**/_fn/roles/add', (route) => route.fulfill({ status: 500 }));
  await button(page, 'Add').click();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText("The server doesn't answer.");
  await expect(text(page, 'Name')).toHaveValue('Typed.Slowly');
  await expect(text(page, 'Description')).toHaveValue('for an hour');
  await page.unroute('**/_fn/roles/add');
  await button(page, 'Add').click();
  await expect(heading(details(page), 'Typed.Slowly')).toBeVisible();
  await expect(rowOf(page, 'Typed.Slowly')).toContainText('for an hour');
});

test('a role is added, given, changed and removed by keyboard', async ({ page }) => {
  await gotoHydrated(page, rolesUrl);
  await pressOn(page, button(page, 'Add Role'));
  await expect(heading(page, 'Add Role')).toBeFocused();
  await typeInto(page, text(page, 'Name'), 'Keys.Only');
  await page.keyboard.press('Enter');
  await expect(heading(details(page), 'Keys.Only')).toBeFocused();

  await pressOn(page, button(page, 'Manage Identities'));
  await expect(heading(page, 'Manage Identities')).toBeFocused();
  await tabTo(page, tab(page, 'Users'));
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Client-Credentials Clients')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tab(page, 'Users')).toBeFocused();
  await pressOn(page, checkbox(page, 'admin'), 'Space');
  await pressOn(page, button(page, 'Save'));
  await expect(identities(page)).toContainText(/Users\s*admin/);
  await expect(button(page, 'Manage Identities')).toBeFocused();

  await pressOn(page, button(page, 'Edit Role'));
  await expect(heading(page, 'Edit Role')).toBeFocused();
  await typeInto(page, text(page, 'Description'), 'without a mouse');
  await page.keyboard.press('Enter');
  await expect(details(page)).toContainText('without a mouse');
  await expect(button(page, 'Edit Role')).toBeFocused();

  await pressOn(page, button(page, 'Remove Role'));
  const asked = confirmation(page, 'Remove “Keys.Only”?');
  await expect(button(asked, 'Cancel')).toBeFocused();
  await expect(asked).toContainText('Users: admin');
  await expect(button(asked, 'Remove')).toBeEnabled();
  await pressOn(page, button(asked, 'Remove'));
  await expect(rowOf(page, 'Keys.Only')).toHaveCount(0);
});
