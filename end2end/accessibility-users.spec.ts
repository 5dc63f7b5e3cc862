// axe on every pane and window of Users, on the page behind a one-time link, and on what a member sees: both themes, wide and
// narrow.
import { expectNoFindingsIn, inEveryLook } from './support/axe.ts';
import { button, checkbox, clientsUrl, createClient, details, expectMessage, heading, link, query, text } from './support/clients.ts';
import { enabledSwitch } from './support/lifecycle.ts';
import { ask, createPerson, expectDead, invitation, openUser, passwordBox, passwordReset, setPassword, usersUrl } from './support/people.ts';
import { confirmation, openRole } from './support/roles.ts';
import { createMember, signIn } from './support/sign-in.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

inEveryLook(({ colorScheme, size }) => {
  test('Users, and the page behind the link', async ({ page, newContext, expectFailure }) => {
    expectFailure(404, 422);
    const name = `Axel ${colorScheme} ${size}`;
    await expectNoFindingsIn(page, [
      ['the list of users', () => gotoHydrated(page, usersUrl)],
      ['Add User with messages', async () => {
        await button(page, 'Add User').click();
        await expect(checkbox(page, 'Tenant Administrator')).toBeVisible();
        await button(page, 'Add').click();
        await expectMessage(text(page, 'E-mail'));
      }],
      ['Invitation Successfully Created', async () => {
        await text(page, 'Name').fill(name);
        await text(page, 'E-mail').fill(`axel.${colorScheme}.${size}@example.com`);
        await button(page, 'Add').click();
        await expect(invitation(page)).toBeVisible();
      }],
    ]);
    const url = await text(invitation(page), 'Invitation Link').inputValue();
    await expectNoFindingsIn(page, [
      ['Details of a user', async () => {
        await button(invitation(page), 'Close').click();
        await expect(heading(details(page), name)).toBeVisible();
      }],
      ['Remove User', async () => {
        await button(page, 'Remove User').click();
        await expect(confirmation(page, `Remove “${name}”?`)).toBeVisible();
      }],
    ]);
    const other = await (await newContext()).newPage();
    await expectNoFindingsIn(other, [
      ['the password page', () => other.goto(url)],
      ['the password page with a message', async () => {
        await setPassword(other, 'short');
        await expectMessage(passwordBox(other));
      }],
      ['a link that is over', () => expectDead(other, `${url}x`)],
    ]);
  });

  test('Users who are changed, locked out, or gone', async ({ page, server, expectFailure }) => {
    expectFailure(404);
    const name = `Rita Reset ${colorScheme} ${size}`;
    await createPerson(server, { name, email: `rita.${colorScheme}.${size}@example.com` });
    await expectNoFindingsIn(page, [
      ['a filter that finds nobody', async () => {
        await gotoHydrated(page, `${usersUrl}?filter=no+such+user`);
        await expect(page.getByText('No user matches.')).toBeVisible();
      }],
      ['Edit User', async () => {
        await openUser(page, name);
        await button(page, 'Edit User').click();
        await expect(checkbox(page, 'Tenant Viewer')).toBeEnabled();
      }],
      ['Reset Password', async () => {
        await button(page, 'Cancel').click();
        await button(page, 'Reset Password').click();
        await expect(confirmation(page, `Reset the password of “${name}”?`)).toBeVisible();
      }],
      ['Password Successfully Reset', async () => {
        await button(page, 'Reset').click();
        await expect(passwordReset(page)).toBeVisible();
      }],
      ['Disable', async () => {
        await button(passwordReset(page), 'Close').click();
        await enabledSwitch(page).click();
        await expect(confirmation(page, `Disable “${name}”?`)).toBeVisible();
      }],
      ['Enable', async () => {
        await button(page, 'Disable').click();
        await expect(enabledSwitch(page)).not.toBeChecked();
        await enabledSwitch(page).click();
        await expect(confirmation(page, `Enable “${name}”?`)).toBeVisible();
      }],
      ['a question whose user is gone', async () => {
        expect((await ask(page.request, server, 'users/remove', { id: query(page).user })).status()).toBe(200);
        await button(page, 'Enable').click();
        await expect(page.getByRole('dialog')).toContainText('Somebody removed this user already.');
      }],
    ]);
  });

  test('what a member sees', async ({ server, newContext }) => {
    const member = await createMember(server, `mia.${colorScheme}.${size}@example.com`);
    const { id } = await createClient(server, { name: `Seen by a member ${colorScheme} ${size}` });
    const page = await (await newContext()).newPage();
    await signIn(page, member);
    await expectNoFindingsIn(page, [
      ['the list of clients', () => gotoHydrated(page, clientsUrl)],
      ['Details of a client', async () => {
        await gotoHydrated(page, `${clientsUrl}?client=${id}`);
        await expect(details(page)).toContainText(id);
      }],
      ['Details of a role', () => openRole(page, 'Tenant Viewer')],
      ['Details of a user', async () => {
        await gotoHydrated(page, `${usersUrl}?filter=${member.email}`);
        await link(page, 'Mia Member').click();
        await expect(details(page)).toContainText(member.email);
      }],
    ]);
  });
});
