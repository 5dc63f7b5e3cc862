// Roles, users, who has a role, and the switches, without a mouse.
import { button, checkbox, clientsUrl, createClient, createClients, details, heading, link, text } from './support/clients.ts';
import { pressOn, tabTo, typeInto } from './support/keyboard.ts';
import { enabledSwitch } from './support/lifecycle.ts';
import { invitation, usersUrl } from './support/people.ts';
import { confirmation, identities, rolesUrl, rowOf, tab } from './support/roles.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test.use({ serverOptions: { name: 'keyboard' } });
test.describe.configure({ mode: 'default' });

test('a role is added, edited, given to a client, and removed', async ({ page, server }) => {
  await createClients(server, ['Inlet pump', 'Inlet valve']);
  await gotoHydrated(page, rolesUrl);
  await pressOn(page, button(page, 'Add Role'));
  await expect(heading(page, 'Add Role')).toBeFocused();
  await typeInto(page, text(page, 'Name'), 'Typed.Role');
  await pressOn(page, button(page, 'Add'));
  await expect(heading(details(page), 'Typed.Role')).toBeFocused();

  await pressOn(page, button(page, 'Edit Role'));
  await expect(heading(page, 'Edit Role')).toBeFocused();
  await typeInto(page, text(page, 'Description'), 'without a mouse');
  await pressOn(page, button(page, 'Save'), 'Space');
  await expect(button(page, 'Edit Role')).toBeFocused();
  await expect(rowOf(page, 'Typed.Role')).toContainText('without a mouse');

  await pressOn(page, button(page, 'Manage Identities'));
  await expect(heading(page, 'Manage Identities')).toBeFocused();
  await pressOn(page, tab(page, 'Users'), 'ArrowRight');
  await expect(tab(page, 'Client-Credentials Clients')).toBeFocused();
  await expect(tab(page, 'Client-Credentials Clients')).toHaveAttribute('aria-selected', 'true');
  await typeInto(page, page.getByRole('searchbox', { name: 'Filter Identities', exact: true }), 'valve');
  await expect(checkbox(page, 'Inlet pump')).toHaveCount(0);
  await pressOn(page, checkbox(page, 'Inlet valve'), 'Space');
  await expect(checkbox(page, 'Inlet valve')).toBeChecked();
  await pressOn(page, button(page, 'Save'));
  await expect(button(page, 'Manage Identities')).toBeFocused();
  await expect(identities(page)).toContainText('Inlet valve');

  await pressOn(page, button(page, 'Remove Role'));
  await expect(button(page, 'Cancel')).toBeFocused();
  await pressOn(page, button(page, 'Remove'));
  await expect(link(page, 'Typed.Role')).toHaveCount(0);
  await expect(link(page, 'Tenant Viewer')).toBeFocused();
});

test('a user is added, disabled, and removed', async ({ page }) => {
  await gotoHydrated(page, usersUrl);
  await pressOn(page, button(page, 'Add User'));
  await expect(heading(page, 'Add User')).toBeFocused();
  await typeInto(page, text(page, 'Name'), 'Nora New');
  await typeInto(page, text(page, 'E-mail'), 'nora@example.com');
  await pressOn(page, checkbox(page, 'Tenant Viewer'), 'Space');
  await pressOn(page, button(page, 'Add'));
  await expect(button(invitation(page), 'Copy')).toBeFocused();
  await pressOn(page, button(invitation(page), 'Close'));
  await expect(details(page)).toContainText('Tenant Viewer');

  await pressOn(page, enabledSwitch(page), 'Space');
  await expect(button(confirmation(page, 'Disable “Nora New”?'), 'Cancel')).toBeFocused();
  await pressOn(page, button(page, 'Disable'));
  await expect(enabledSwitch(page)).not.toBeChecked();
  await expect(enabledSwitch(page)).toBeFocused();

  await pressOn(page, button(page, 'Remove User'));
  await expect(button(page, 'Cancel')).toBeFocused();
  await pressOn(page, button(page, 'Remove'));
  await expect(link(page, 'Nora New')).toHaveCount(0);
  await expect(link(page, 'admin')).toBeFocused();
});

test('a client is disabled and enabled by its switch', async ({ page, server }) => {
  const { id } = await createClient(server, { name: 'Switched by key' });
  await gotoHydrated(page, `${clientsUrl}?client=${id}`);
  await tabTo(page, enabledSwitch(page));
  for (const [key, verb] of [['Space', 'Disable'], ['Enter', 'Enable']] as const) {
    await page.keyboard.press(key);
    const asked = confirmation(page, `${verb} “Switched by key”?`);
    await expect(button(asked, 'Cancel')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(asked).toBeHidden();
    await expect(enabledSwitch(page)).toBeFocused();
    await page.keyboard.press(key);
    await pressOn(page, button(asked, verb));
    await expect(enabledSwitch(page)).toBeChecked({ checked: verb === 'Enable' });
    await expect(enabledSwitch(page)).toBeFocused();
  }
});
