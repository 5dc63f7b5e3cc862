// axe on every pane and window of Roles: both themes, wide and narrow.
import { expectNoFindingsIn, inEveryLook } from './support/axe.ts';
import { button, checkbox, createClient, details, expectMessage, heading, question, text } from './support/clients.ts';
import { ask } from './support/people.ts';
import { confirmation, createRole, expectUnusable, heldByNobody, identities, openRole, rolesUrl, rowOf, tab } from './support/roles.ts';
import { expect, gotoHydrated, test } from './support/test.ts';
import { said } from './support/two-people.ts';

inEveryLook(({ colorScheme, size }) => {
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

  test('Roles that are built in, not found, in nobody’s hands, or gone', async ({ page, server, expectFailure }) => {
    expectFailure(404);
    const role = `Unused.${colorScheme}.${size}`;
    const id = await createRole(page.request, server, { name: role });
    await expectNoFindingsIn(page, [
      ['a filter that finds nothing', async () => {
        await gotoHydrated(page, `${rolesUrl}?filter=no+such+role`);
        await expect(page.getByText('No role matches.')).toBeVisible();
      }],
      ['Details of a built-in role', async () => {
        await openRole(page, 'Tenant Member');
        await expectUnusable(button(page, 'Manage Identities'), 'Everybody in the tenant has Tenant Member');
      }],
      ['Remove Role of a role that nobody has', async () => {
        await gotoHydrated(page, `${rolesUrl}?role=${id}`);
        await expect(heading(details(page), role)).toBeVisible();
        await button(page, 'Remove Role').click();
        await expect(confirmation(page, `Remove “${role}”?`)).toContainText('Nobody has this role.');
      }],
      ['Edit Role', async () => {
        await button(page, 'Cancel').click();
        await button(page, 'Edit Role').click();
        await expect(text(page, 'Name')).toHaveValue(role);
      }],
      ['the question before leaving', async () => {
        await text(page, 'Description').fill('half typed');
        await page.goBack();
        await expect(question(page)).toBeVisible();
      }],
      ['Edit Role of a role that is gone', async () => {
        await button(page, 'Keep Editing').click();
        expect((await ask(page.request, server, 'roles/remove', { id, confirmed: heldByNobody })).status()).toBe(200);
        await button(page, 'Save').click();
        await expect(said(page)).toContainText('Somebody removed this role meanwhile');
      }],
    ]);
  });
});
