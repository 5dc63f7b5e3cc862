// axe on every page, pane and window of Roles and Users, and on the page behind a one-time link: both themes, wide and narrow.
import { button, checkbox, createClient, details, expectMessage, heading, text } from './support/clients.ts';
import { expectNoFindingsIn } from './support/axe.ts';
import { ask, expectDead, invitation, passwordBox, setPassword, usersUrl } from './support/people.ts';
import { confirmation, createRole, identities, rolesUrl, rowOf, tab } from './support/roles.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test.describe(`${colorScheme}, ${size}`, () => {
      test.use({ colorScheme, viewport });

      test('Roles', async ({ page, server, expectFailure }) => {
        expectFailure(422);
        const role = `Axe.${colorScheme}.${size}`;
        const id = await createRole(page.request, server, { name: role, description: 'reads what axe finds' });
        const client = await createClient(server, { name: `Role holder ${colorScheme} ${size}` });
        const give = [{ Client: client.id }];
        expect((await ask(page.request, server, 'roles/change-identities', { role: id, changes: { give, take: [] } })).status()).toBe(200);
        await expectNoFindingsIn(page, [
          ['the list of roles', async () => {
            await gotoHydrated(page, rolesUrl);
            await expect(rowOf(page, role)).toBeVisible();
          }],
          ['Add Role', async () => {
            await button(page, 'Add Role').click();
            await expect(heading(page, 'Add Role')).toBeVisible();
          }],
          ['Add Role with a message', async () => {
            await text(page, 'Name').fill('Tenant Member');
            await button(page, 'Add').click();
            await expectMessage(text(page, 'Name'));
          }],
          ['Details of a role', async () => {
            await gotoHydrated(page, `${rolesUrl}?role=${id}`);
            await expect(identities(page)).toContainText('Role holder');
          }],
          ['Manage Identities, users', async () => {
            await button(page, 'Manage Identities').click();
            await checkbox(page, 'admin').check();
            await expect(page.getByText('1 change is not saved yet.')).toBeVisible();
          }],
          ['Manage Identities, clients', async () => {
            await tab(page, 'Client-Credentials Clients').click();
            await checkbox(page, 'Only who has it now').check();
            await expect(checkbox(page, `Role holder ${colorScheme} ${size}`)).toBeChecked();
          }],
          ['Remove Role', async () => {
            await button(page, 'Cancel').click();
            await button(page, 'Remove Role').click();
            const asked = confirmation(page, `Remove “${role}”?`);
            await expect(button(asked, 'Remove')).toBeEnabled();
            await expect(asked).toContainText('This role is in use.');
          }],
        ]);
      });

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
    });
  }
}
