// Security > Users: somebody is added, opens the one-time link, chooses a password, and is changed later.
import { button, checkbox, details, expectMessage, heading, link, query, question, text } from './support/clients.ts';
import { ask, createInvited, createPerson, expectDead, invitation, invite, openUser, passwordBox, setPassword, token, usersUrl } from './support/people.ts';
import { createRole, listed, rangeOf, rowOf } from './support/roles.ts';
import { placesHolding, recordAnswers } from './support/secrets.ts';
import { administrator } from './support/server.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';
import { expect, gotoHydrated, test } from './support/test.ts';
import { overtaken, said } from './support/two-people.ts';

test.use({ serverOptions: { name: 'users' }, permissions: ['clipboard-read', 'clipboard-write'] });
test.describe.configure({ mode: 'default' });

test('a new administrator gets a link, chooses a password with it, and is signed in', async ({ page, newContext, server, expectFailure }) => {
  expectFailure(404, 422);
  const answers = recordAnswers(page);
  const url = await invite(page, { name: 'Nora New', email: 'nora@example.com', roles: ['Tenant Administrator'] });
  expect(url).toMatch(new RegExp(`^${server.url}/password\\?token=[\\w-]{43,}$`));
  await button(invitation(page), 'Close').click();
  await expect(heading(details(page), 'Nora New')).toBeVisible();
  await expect(rowOf(page, 'Nora New')).toContainText('Invited');
  for (const fact of ['nora@example.com', 'Invited', 'Tenant Administrator', 'Tenant Member', 'A link to choose a password is waiting.']) {
    await expect(details(page)).toContainText(fact);
  }

  const other = await (await newContext()).newPage();
  await other.goto(url);
  await expect(other.getByRole('main')).toContainText(/Nora New, .*nora@example\.com/);
  await setPassword(other, 'too short');
  await expectMessage(passwordBox(other), 'Password is 12 to 128 characters. This one is too short.');
  await expect(passwordBox(other)).toHaveValue('');
  await other.goto(url);
  await setPassword(other, 'long enough for Nora');
  await expect(other).toHaveURL(`${server.url}/security/clients`);
  await expect(button(other, 'Add Client')).toBeVisible();
  await button(other, 'Account').click();
  await expect(other.locator('[popover]:popover-open')).toContainText('nora@example.com');

  await expectDead(await (await newContext()).newPage(), url);
  for (const each of [page, other]) expect(await placesHolding(each, server, token(url))).toEqual([]);
  expect(await answers.holding(token(url)), 'only the answer to Add shows the link').toHaveLength(1);
  expect(server.log).not.toContain('long enough for Nora');
  await openUser(page, 'Nora New');
  await expect(rowOf(page, 'Nora New')).toContainText('Enabled');
  await expect(details(page)).toContainText('They sign in with a password of their own.');
});

test('the window with the link is left by Close alone, and then the link is gone', async ({ page, server }) => {
  const url = await invite(page, { name: 'Wanda Window', email: 'wanda@example.com' });
  const shown = text(invitation(page), 'Invitation Link');
  await expect(button(invitation(page), 'Copy')).toBeFocused();
  await expect(shown).not.toBeEditable();
  await button(invitation(page), 'Copy').click();
  await expect(invitation(page).getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
  expect(await placesHolding(page, server, token(url))).toEqual(['page']);

  for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
  await expect(shown).toHaveValue(url);
  await page.mouse.click(10, 10);
  await expect(shown).toHaveValue(url);
  for (let time = 0; time < 3; time++) {
    await page.goBack();
    await expect(shown).toHaveValue(url);
  }
  await button(invitation(page), 'Close').click();
  await expect(invitation(page)).toBeHidden();
  await expect(heading(details(page), 'Wanda Window')).toBeVisible();
  expect(Object.keys(query(page))).toEqual(['user']);
  expect(await placesHolding(page, server, token(url))).toEqual([]);
  await page.reload();
  await expect(heading(details(page), 'Wanda Window')).toBeVisible();
  expect(await placesHolding(page, server, token(url))).toEqual([]);
});

test('the focus goes to the title of the Details that open, of a new user and of a selected one', async ({ page }) => {
  await invite(page, { name: 'Fay Focus', email: 'fay@example.com' });
  await button(invitation(page), 'Close').click();
  await expect(rowOf(page, 'Fay Focus')).toBeVisible();
  await expect.soft(heading(details(page), 'Fay Focus').or(link(page, 'Fay Focus')).and(page.locator(':focus'))).toBeVisible();
  await link(page, 'admin').click();
  await expect(heading(details(page), 'admin')).toBeFocused();
});

const wrong: [what: string, label: string, value: string, message: string][] = [
  ['an empty name', 'Name', '  ', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of 129 characters', 'Name', 'x'.repeat(129), 'Name is 1 to 128 characters. This has 129.'],
  ['an empty e-mail', 'E-mail', '', 'E-mail is 1 to 128 characters. It is empty.'],
  ['what is no e-mail', 'E-mail', 'no address', 'E-mail is an address such as name@example.com'],
  ['an e-mail that is taken in other letters', 'E-mail', administrator.email.toUpperCase(), 'is taken. Choose another one.'],
];

for (const [what, label, value, message] of wrong) {
  test(`${what} is refused at the field, and nobody is added`, async ({ page, expectFailure }) => {
    expectFailure(422); // only the server knows which addresses are taken
    await gotoHydrated(page, usersUrl);
    const before = await rangeOf(page).innerText();
    await button(page, 'Add User').click();
    await expect(heading(page, 'Add User')).toBeFocused();
    await text(page, 'Name').fill('Kept Name');
    await text(page, 'E-mail').fill('kept@example.com');
    await text(page, label).fill(value);
    await button(page, 'Add').click();
    await expectMessage(text(page, label), message);
    await expect(text(page, label)).toBeFocused();
    await expect(text(page, label)).toHaveValue(value);
    await expect(invitation(page)).toBeHidden();
    await page.reload();
    await expect(rangeOf(page)).toHaveText(before);
  });
}

test('name and e-mail are edited: row and Details follow, and the new address signs in', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(422);
  const person = await createPerson(server, { name: 'Eda Edited', email: 'eda@example.com' });
  await openUser(page, 'Eda Edited');
  await button(page, 'Edit User').click();
  await expect(heading(page, 'Edit User')).toBeFocused();
  await text(page, 'Name').fill('Edna Edited');
  await text(page, 'E-mail').fill(administrator.email);
  await button(page, 'Save').click();
  await expectMessage(text(page, 'E-mail'), 'is taken');
  await text(page, 'E-mail').fill('edna@example.com');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Edna Edited')).toBeVisible();
  await expect(details(page)).toContainText('edna@example.com');
  await expect(rowOf(page, 'Edna Edited')).toContainText('edna@example.com');
  await expect(link(page, 'Eda Edited')).toHaveCount(0);
  await expect(button(page, 'Edit User')).toBeFocused();

  const other = await (await newContext()).newPage();
  await other.goto('/sign-in');
  await fillSignIn(other, 'eda@example.com', person.password);
  await expect(other.getByRole('alert')).toBeVisible();
  await signIn(other, { email: 'edna@example.com', password: person.password });
});

test('New Invitation Link ends the older one', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(404);
  const { url: older } = await createInvited(page.request, server, { name: 'Ilse Invited', email: 'ilse@example.com' });
  await openUser(page, 'Ilse Invited');
  await button(page, 'New Invitation Link').click();
  const asked = page.getByRole('dialog', { name: 'Make a new invitation link for “Ilse Invited”?', exact: true });
  await expect(button(asked, 'Cancel')).toBeFocused();
  await button(asked, 'Make Link').click();
  const newer = await text(invitation(page), 'Invitation Link').inputValue();
  await button(invitation(page), 'Close').click();

  const other = await (await newContext()).newPage();
  await expectDead(other, older);
  await other.goto(newer);
  await setPassword(other, 'long enough for Ilse');
  await expect(other).toHaveURL(`${server.url}/security/clients`);
});

test('another e-mail ends the link that was sent to the old one', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(404);
  const { url } = await createInvited(page.request, server, { name: 'Mona Moved', email: 'mona@example.com' });
  await openUser(page, 'Mona Moved');
  await button(page, 'Edit User').click();
  await text(page, 'E-mail').fill('mona.moved@example.com');
  await button(page, 'Save').click();
  await expect(details(page)).toContainText('There is no password, and no link to choose one. Make a new link.');
  await expectDead(await (await newContext()).newPage(), url);
  await expect(listed(page).filter({ hasText: 'Mona Moved' })).toHaveCount(1);
});

test('of two who edit somebody the second is told what changed, keeps what was typed, and then stores it', async ({
  page,
  server,
  newContext,
  administratorState,
  expectFailure,
}) => {
  expectFailure(409);
  await createPerson(server, { name: 'Tess Two', email: 'tess@example.com' });
  const other = await (await newContext({ storageState: administratorState })).newPage();
  for (const each of [page, other]) {
    await openUser(each, 'Tess Two');
    await button(each, 'Edit User').click();
    await expect(heading(each, 'Edit User')).toBeFocused();
  }
  await text(page, 'Name').fill('Tess Mine');
  await text(other, 'Name').fill('Tess Theirs');
  await text(other, 'E-mail').fill('theirs@example.com');
  await checkbox(other, 'Tenant Viewer').check();
  await button(other, 'Save').click();
  await expect(button(other, 'Edit User')).toBeFocused();

  await button(page, 'Save').click();
  for (const words of [
    overtaken,
    'Name is now “Tess Theirs”.',
    'E-mail is now “theirs@example.com”.',
    'Roles is now “Tenant Member, Tenant Viewer”.',
  ]) {
    await expect(said(page)).toContainText(words);
  }
  await expect(text(page, 'Name')).toHaveValue('Tess Mine');
  await expect(text(page, 'E-mail')).toHaveValue('tess@example.com');
  await expect(checkbox(page, 'Tenant Viewer')).not.toBeChecked();
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Tess Mine')).toBeVisible();
  await expect(rowOf(page, 'Tess Mine')).toContainText('tess@example.com');
  await expect(details(page)).not.toContainText('Tenant Viewer');
});

test('saving somebody whom the other removed says so and keeps what was typed', async ({ page, server, expectFailure }) => {
  expectFailure(404);
  const { id } = await createInvited(page.request, server, { name: 'Greta Gone', email: 'greta@example.com' });
  await openUser(page, 'Greta Gone');
  await button(page, 'Edit User').click();
  await text(page, 'Name').fill('Typed for an hour');
  expect((await ask(page.request, server, 'users/remove', { id })).status()).toBe(200);
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Somebody removed this user meanwhile');
  await expect(text(page, 'Name')).toHaveValue('Typed for an hour');
});

test('HTML in the name is shown as text in the windows and behind the link', async ({ page, newContext }) => {
  const name = `<b>Hedda</b><img src=x onerror=alert(1)>"'&amp;`;
  const url = await invite(page, { name, email: 'hedda@example.com' });
  await expect(invitation(page)).toContainText(name);
  await button(invitation(page), 'Close').click();
  await expect(heading(details(page), name)).toBeVisible();
  await expect(rowOf(page, name)).toContainText('hedda@example.com');
  await button(page, 'Remove User').click();
  await expect(page.getByRole('dialog', { name: `Remove “${name}”?`, exact: true })).toBeVisible();
  await expect(page.locator('main b, main img, dialog b, dialog img')).toHaveCount(0);
  const other = await (await newContext()).newPage();
  await other.goto(url);
  await expect(other.getByRole('main')).toContainText(name);
  await expect(other.locator('main b, main img')).toHaveCount(0);
});

test('what was typed outlasts Back and a request that failed', async ({ page, expectFailure }) => {
  expectFailure(500);
  await gotoHydrated(page, usersUrl);
  await button(page, 'Add User').click();
  await text(page, 'Name').fill('Tilda Typed');
  await text(page, 'E-mail').fill('tilda@example.com');
  await checkbox(page, 'Tenant Viewer').check();
  await page.goBack();
  await button(question(page), 'Keep Editing').click();
  await page.route('**/_fn/users/invite', (route) => route.fulfill({ status: 500 }));
  await button(page, 'Add').click();
  await expect(said(page)).toContainText("The server doesn't answer.");
  await expect(text(page, 'Name')).toHaveValue('Tilda Typed');
  await expect(text(page, 'E-mail')).toHaveValue('tilda@example.com');
  await expect(checkbox(page, 'Tenant Viewer')).toBeChecked();
  await page.unroute('**/_fn/users/invite');
  await button(page, 'Add').click();
  await button(invitation(page), 'Close').click();
  await expect(rowOf(page, 'Tilda Typed')).toContainText('Tenant Viewer');
});

test('a role that somebody removed while its holder is edited stands in nobody’s way', async ({ page, server, expectFailure }) => {
  expectFailure(409);
  const role = await createRole(page.request, server, { name: 'Soon.Nowhere' });
  const { id } = await createInvited(page.request, server, { name: 'Rolf Role', email: 'rolf@example.com' });
  const changed = await ask(page.request, server, 'roles/change-identities', { role, changes: { give: [{ User: id }], take: [] } });
  expect(changed.status()).toBe(200);
  await openUser(page, 'Rolf Role');
  await expect(details(page)).toContainText('Soon.Nowhere');
  const confirmed = { user_count: 1, client_count: 0, users: ['Rolf Role'], clients: [] };
  expect((await ask(page.request, server, 'roles/remove', { id: role, confirmed })).status()).toBe(200);

  await button(page, 'Edit User').click();
  await expect(checkbox(page, 'Tenant Viewer')).toBeVisible();
  await text(page, 'Name').fill('Rolf Renamed');
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Roles is now “Tenant Member”.');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Rolf Renamed')).toBeVisible();
});
