// Follows `001_…` ("Get started with client-credentials clients"). Its Continue, Add Secret and Add read as Next, Create
// Secret and Save. The numbers are the steps of the procedure; its 8th to 10th tell of the same pane.
import { addClient, shownCredentials } from '../support/add-client.ts';
import { button, checkbox, created, details, field, heading, link, query, row, select, text } from '../support/clients.ts';
import { expectCopies, refusal, secretCreated, secretRadio, selectClient } from '../support/lifecycle.ts';
import { rowOf } from '../support/roles.ts';
import { expect, test } from '../support/test.ts';
import { grant } from '../support/tokens.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('Get started with client-credentials clients', async ({ page, server, visit }) => {
  // "The MyData.Role role is a custom role in this exercise."
  await visit('/');
  const leftPane = page.getByRole('navigation', { name: 'Main', exact: true });
  await link(leftPane, 'Security').click();
  await link(leftPane, 'Roles').click();
  await button(page, 'Add Role').click();
  await text(page, 'Name').fill('MyData.Role');
  await text(page, 'Description').fill('The role of this exercise');
  await button(page, 'Add').click();
  await expect(rowOf(page, 'MyData.Role')).toContainText('Tenant Custom');

  // 1. In the left pane, select Security > Clients.
  await link(leftPane, 'Security').click();
  await link(leftPane, 'Clients').click();
  await expect(page).toHaveURL(/\/security\/clients$/);

  // 2. From the Client Type field, select Client-Credentials. This is the option that is displayed by default.
  await expect(select(page, 'Client Type')).toHaveValue('Client-Credentials');
  await select(page, 'Client Type').selectOption('Client-Credentials');

  // 3. In the toolbar, click Add Client. The `Add Client` window opens.
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeFocused();

  // 4. In the Name field, enter a name for the client.
  await text(page, 'Name').fill('Turbine gateway');

  // 5. Select the MyData.Role role for the client. By default, the client is assigned the Tenant Member role which
  //    cannot be removed.
  await checkbox(page, 'MyData.Role').check();
  await expect(checkbox(page, 'Tenant Member')).toBeChecked();
  await expect(checkbox(page, 'Tenant Member')).toBeDisabled();

  // 6. (Optional) Set the Token Lifetime. The default, 3600 seconds (one hour), is the maximum length of time. The minimum
  //    value is 60 seconds.
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  await field(page, 'Token Lifetime').fill('60');

  // 7. Select Continue.
  await button(page, 'Next').click();

  // 8. In the `Add Secret` window, enter a description for the client secret.
  await expect(heading(page, 'Create Secret')).toBeFocused();
  await text(page, 'Description').fill('turbine gateway, first');

  // 9.–10. Enter an expiration date. You may specify that the secret does not expire by selecting the Never Expires checkbox.
  await field(page, 'Expiration Date').fill('2035-03-01T12:00');
  await expect(checkbox(page, 'Never Expires')).not.toBeChecked();

  // 11. Select Add. The `Client Successfully Created` window opens and displays the Client Id and Client Secret.
  await button(page, 'Save').click();
  await expect(created(page)).toBeVisible();
  const { id, secret } = await shownCredentials(page);

  //     Important: Select the Copy button to the right of each field to save the client secret and client Id.
  await expectCopies(page, created(page), [['Client Id', id], ['Client Secret', secret]]);

  // 12. Select Close. In the list of secrets, the Client Id is still visible.
  await button(created(page), 'Close').click();
  await expect(created(page)).toBeHidden();
  await expect(heading(details(page), 'Turbine gateway')).toBeVisible();
  expect(query(page)).toEqual({ client: id });
  await expect(row(page, 'Turbine gateway')).toContainText(id);
  await expect(row(page, 'Turbine gateway')).toContainText('MyData.Role');
  for (const fact of [id, '60 seconds', 'turbine gateway, first', '1 Mar 2035', 'MyData.Role', 'Tenant Member']) {
    await expect(details(page)).toContainText(fact);
  }

  const { expiresIn, token } = await grant(server, { id, secret });
  expect(expiresIn).toBe(60);
  expect((token.payload.roles as string[]).toSorted()).toEqual(['MyData.Role', 'Tenant Member']);
});

test('The note: a secret that was not saved is removed and another one added, in the Details pane', async ({ page, server }) => {
  const lost = await addClient(page, { name: 'Lost its secret', description: 'not saved' });
  await button(created(page), 'Close').click();

  // Select the client in the list and use the `Details` pane to remove the old secret …
  await selectClient(page, 'Client-Credentials Client', 'Lost its secret');
  await secretRadio(page, 'not saved').check();
  await button(details(page), 'Remove Secret').click();
  await button(page, 'Remove').click();
  await expect(details(page)).toContainText('Without a secret the client can’t connect.');
  expect(await refusal(server, lost)).toBe('invalid_client');

  // … and add a new secret.
  await button(details(page), 'Add Secret').click();
  await text(page, 'Description').fill('saved');
  await button(page, 'Add').click();
  const window = secretCreated(page);
  await expect(text(window, 'Client Id')).toHaveValue(lost.id);
  const secret = await text(window, 'Client Secret').inputValue();
  await button(window, 'Close').click();
  await expect(secretRadio(page, 'saved')).toBeVisible();
  await grant(server, { id: lost.id, secret });
});
