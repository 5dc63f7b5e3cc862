// Security > Users: who may sign in. Whoever loses that is signed out at once, and an administrator always stays.
import type { Page } from '@playwright/test';
import { button, checkbox, details, heading, link, query, text } from './support/clients.ts';
import { ask, createInvited, createPerson, openUser, passwordReset, setPassword, token, usersUrl, type Person } from './support/people.ts';
import { confirmation, expectUnusable, identities, openIdentities, rowOf } from './support/roles.ts';
import { placesHolding } from './support/secrets.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test.use({ serverOptions: { name: 'access' } });
test.describe.configure({ mode: 'default' });

const enabled = (page: Page) => details(page).getByRole('switch', { name: 'Enabled', exact: true });

/** The password, whatever it was, doesn't open the portal. */
async function expectRefused(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
}

/** Whoever looks at this page is told that they are signed out as soon as they do something, and has to sign in. */
async function expectSignedOut(page: Page, name: string): Promise<void> {
  await link(page, name).click();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText('You are signed out.');
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
}

test('who is disabled is signed out at once, and let in again when enabled', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(401, 422);
  const person = await createPerson(server, { name: 'Dina Disabled', email: 'dina@example.com' });
  const other = await (await newContext()).newPage();
  await signIn(other, person);
  await gotoHydrated(other, usersUrl);

  await openUser(page, 'Dina Disabled');
  await enabled(page).click();
  const asked = confirmation(page, 'Disable “Dina Disabled”?');
  await expect(button(asked, 'Cancel')).toBeFocused();
  await button(asked, 'Cancel').click();
  await expect(enabled(page)).toBeChecked();
  await enabled(page).click();
  await button(asked, 'Disable').click();
  await expect(enabled(page)).not.toBeChecked();
  await expect(enabled(page)).toBeFocused();
  await expect(rowOf(page, 'Dina Disabled')).toContainText('Disabled');
  await expectUnusable(button(page, 'Reset Password'), 'Enable the user first');
  await expectSignedOut(other, 'Dina Disabled');
  await expectRefused(other, person);

  await enabled(page).click();
  await button(confirmation(page, 'Enable “Dina Disabled”?'), 'Enable').click();
  await expect(enabled(page)).toBeChecked();
  await expect(rowOf(page, 'Dina Disabled')).toContainText('Enabled');
  await signIn(other, person);
});

test('after a reset the old password ends, and the link gives a new one', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(401, 422);
  const person = await createPerson(server, { name: 'Rita Reset', email: 'rita@example.com' });
  const other = await (await newContext()).newPage();
  await signIn(other, person);
  await gotoHydrated(other, usersUrl);

  await openUser(page, 'Rita Reset');
  await button(page, 'Reset Password').click();
  const asked = confirmation(page, 'Reset the password of “Rita Reset”?');
  await expect(button(asked, 'Cancel')).toBeFocused();
  await button(asked, 'Reset').click();
  const url = await text(passwordReset(page), 'Password Link').inputValue();
  await expect(button(passwordReset(page), 'Copy')).toBeFocused();
  for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
  await expect(text(passwordReset(page), 'Password Link')).toHaveValue(url);
  await button(passwordReset(page), 'Close').click();
  await expect(details(page)).toContainText('A link to choose a password is waiting.');
  expect(await placesHolding(page, server, token(url))).toEqual([]);

  await expectSignedOut(other, 'Rita Reset');
  await expectRefused(other, person);
  await other.goto(url);
  await setPassword(other, 'another one for Rita');
  await expect(other).toHaveURL(`${server.url}/security/clients`);
  await other.context().clearCookies();
  await expectRefused(other, person);
  await signIn(other, { ...person, password: 'another one for Rita' });
});

test('who is removed is signed out and can’t sign in', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(401, 422);
  const person = await createPerson(server, { name: 'Rosa Removed', email: 'rosa@example.com' });
  const other = await (await newContext()).newPage();
  await signIn(other, person);
  await gotoHydrated(other, usersUrl);

  await openUser(page, 'Rosa Removed');
  await button(page, 'Remove User').click();
  const asked = confirmation(page, 'Remove “Rosa Removed”?');
  await expect(asked).toContainText('rosa@example.com');
  await expect(button(asked, 'Cancel')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'Rosa Removed')).toBeVisible();
  await button(page, 'Remove User').click();
  await button(asked, 'Remove').click();
  await expect(rowOf(page, 'Rosa Removed')).toHaveCount(0);
  await expect(details(page)).toHaveCount(0);
  expect(query(page)).toEqual({});
  await expectSignedOut(other, 'Rosa Removed');
  await expectRefused(other, person);
});

test('after a removal the focus is on the next row, after that of the last one on the row before', async ({ page, server }) => {
  for (const name of ['Zoe 1', 'Zoe 2', 'Zoe 3', 'Zoe 4']) {
    await createInvited(page.request, server, { name, email: `${name.replace(' ', '')}@example.com` });
  }
  await gotoHydrated(page, usersUrl);
  for (const [removed, then] of [['Zoe 2', 'Zoe 3'], ['Zoe 3', 'Zoe 4'], ['Zoe 4', 'Zoe 1']] as const) {
    await link(page, removed).click();
    await expect(heading(details(page), removed)).toBeVisible();
    await button(page, 'Remove User').click();
    await button(page, 'Remove').click();
    await expect(rowOf(page, removed)).toHaveCount(0);
    await expect.soft(link(page, then)).toBeFocused();
  }
});

test('nobody disables, removes or resets themselves, and each says why', async ({ page, server }) => {
  await openUser(page, 'admin');
  const { user } = query(page);
  await expect(details(page)).toContainText('Enabled');
  await expect(page.getByRole('switch')).toHaveCount(0);
  await expectUnusable(button(page, 'Remove User'), 'You can’t remove yourself');
  await expectUnusable(button(page, 'Reset Password'), 'You can’t reset your own password here');
  for (const name of ['Remove User', 'Reset Password']) await button(page, name).click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // The server says so too, whatever the page lets through.
  for (const [path, more] of [['remove', {}], ['reset', {}], ['set-enabled', { enabled: false }]] as const) {
    const refused = await ask(page.request, server, `users/${path}`, { id: user, ...more });
    expect([path, refused.status()]).toEqual([path, 422]);
    expect(await refused.text()).toMatch(/You can't (remove yourself|reset your own password|disable yourself)/);
  }
});

for (const [what, verb, open] of [
  ['Remove User', 'Remove', (page: Page) => button(page, 'Remove User')],
  ['Reset Password', 'Reset', (page: Page) => button(page, 'Reset Password')],
  ['Disable', 'Disable', enabled],
] as const) {
  test(`${what} of somebody who was removed already says so, and Close brings the page up to date`, async ({ page, server, expectFailure }) => {
    expectFailure(404);
    const name = `Gone for ${verb}`;
    await createPerson(server, { name, email: `gone.${verb.toLowerCase()}@example.com` });
    await openUser(page, name);
    expect((await ask(page.request, server, 'users/remove', { id: query(page).user })).status()).toBe(200);
    await open(page).click();
    const asked = page.getByRole('dialog');
    await button(asked, verb).click();
    await expect(asked).toContainText('Somebody removed this user already.');
    await expect(button(asked, verb)).toBeHidden();
    await expect(button(asked, 'Close')).toBeFocused();
    await button(asked, 'Close').click();
    await expect(asked).toBeHidden();
    await expect(rowOf(page, name)).toHaveCount(0);
    await expect(page.getByText('There is no user with this id.')).toHaveCount(verb === 'Remove' ? 0 : 1);
  });
}

test('without a selection Edit User and Remove User say what is missing', async ({ page }) => {
  await gotoHydrated(page, usersUrl);
  for (const name of ['Edit User', 'Remove User']) await expectUnusable(button(page, name), 'Select a user first');
});

test('of two administrators one takes the role from the other, and then nobody takes the last one', async ({ page, server, newContext, expectFailure }) => {
  expectFailure(403, 422);
  const second = await createPerson(server, { name: 'Sam Second', email: 'sam@example.com', roles: ['Tenant Administrator'] });
  const other = await (await newContext()).newPage();
  await signIn(other, second);
  await openUser(other, 'admin');
  await expect(enabled(other), 'each could disable the other').toBeChecked();

  await openIdentities(page, 'Tenant Administrator');
  await checkbox(page, 'Sam Second').uncheck();
  await button(page, 'Save').click();
  await expect(identities(page)).not.toContainText('Sam Second');

  // What the other still has on the screen works no more.
  await enabled(other).click();
  await button(other, 'Disable').click();
  await expect(other.getByRole('dialog')).toContainText('Only a Tenant Administrator may do this.');
  await gotoHydrated(other, usersUrl);
  await expect(button(other, 'Add User')).toHaveCount(0);

  await openUser(page, 'admin');
  await button(page, 'Edit User').click();
  await checkbox(page, 'Tenant Administrator').uncheck();
  await button(page, 'Save').click();
  await expect(page.getByRole('alert').filter({ visible: true })).toContainText("You can't take Tenant Administrator from yourself.");
  await button(page, 'Cancel').click();
  await openIdentities(page, 'Tenant Administrator');
  await expect(checkbox(page, 'admin')).toBeDisabled();
});
