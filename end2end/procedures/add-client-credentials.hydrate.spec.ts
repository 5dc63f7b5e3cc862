// Follows `000_…` ("Add a client-credentials client") word by word; the second test follows `002_…`, which says the
// same and is taken with other choices. The numbers are the steps of the procedure.
import { button, checkbox, created, details, field, heading, link, query, row, select, text } from '../support/clients.ts';
import { shownCredentials } from '../support/add-client.ts';
import { placesHolding, recordAnswers } from '../support/secrets.ts';
import { expect, test } from '../support/test.ts';
import { oneYearLater } from '../support/times.ts';
import { clientAuthentications, grant } from '../support/tokens.ts';

const timeZone = 'Europe/Lisbon';
test.use({ timezoneId: timeZone, permissions: ['clipboard-read', 'clipboard-write'] });

test('Add a client-credentials client', async ({ page, server, visit }) => {
  const now = new Date();
  now.setSeconds(0, 0);
  await page.clock.setFixedTime(now);
  const answers = recordAnswers(page);
  await visit('/');

  // 1. In the left pane, select Security > Clients.
  const leftPane = page.getByRole('navigation', { name: 'Main', exact: true });
  await link(leftPane, 'Security').click();
  await link(leftPane, 'Clients').click();
  await expect(page).toHaveURL(/\/security\/clients$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Clients', exact: true })).toBeVisible();
  await expect(link(leftPane, 'Clients')).toHaveAttribute('aria-current', 'page');

  // 2. In the Client Type dropdown list, select Client-Credentials Client. This option is displayed by default.
  await expect(select(page, 'Client Type')).toHaveValue('Client-Credentials');
  await select(page, 'Client Type').selectOption({ label: 'Client-Credentials Client' });

  // 3. In the toolbar, select Add Client. The `Add Client` pane opens.
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(page).toHaveURL(/pane=add/);

  // 4. In the Name field, enter a name to identify the device or application that will use this client.
  await text(page, 'Name').fill('Pump station 7');

  // 5. (Optional) In the Token Lifetime field, enter the length of time in seconds. The default, 3600 seconds, …
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  await field(page, 'Token Lifetime').fill('1200');

  // 6. In the Tenant Roles and Community Roles tabs, select the roles that are appropriate for the client. By default,
  //    the client has the `Tenant Member` role, which cannot be removed.
  await expect(page.getByRole('tab', { name: 'Tenant Roles', exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(checkbox(page, 'Tenant Member')).toBeChecked();
  await expect(checkbox(page, 'Tenant Member')).toBeDisabled();
  await checkbox(page, 'Tenant Contributor').check();
  await page.getByRole('tab', { name: 'Community Roles', exact: true }).click();
  const communityRoles = page.getByRole('tabpanel', { name: 'Community Roles', exact: true });
  await expect(communityRoles).toContainText(/once .*tenant has joined a community/i);
  await page.getByRole('tab', { name: 'Tenant Roles', exact: true }).click();
  await expect(checkbox(page, 'Tenant Contributor')).toBeChecked();

  // 7. Select Next. The `Create Secret` pane opens.
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeVisible();
  await expect(heading(page, 'Add Client')).toBeHidden();

  // 8. (Optional) In the Description field, enter a description for the client secret.
  await text(page, 'Description').fill('first secret');

  // 9. In the Expiration Date field, enter a date and time. By default, the secret is set to expire one year after
  //    creation. Select the Never Expires checkbox to specify that the secret does not expire.
  await expect(field(page, 'Expiration Date')).toHaveValue(oneYearLater(now, timeZone));
  await expect(page.getByText(timeZone)).toBeVisible();
  await expect(checkbox(page, 'Never Expires')).not.toBeChecked();

  // 10. Select Save. The `Client Successfully Created` window opens and displays the Client Id and Client Secret.
  await button(page, 'Save').click();
  const window = created(page);
  await expect(window).toBeVisible();
  await expect(heading(page, 'Create Secret')).toBeHidden();
  await expect(text(window, 'Client Id')).not.toBeEditable();
  await expect(text(window, 'Client Secret')).not.toBeEditable();
  const { id, secret } = await shownCredentials(page);
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(secret).toMatch(/^cls_[\w-]{43,}$/);

  //     Important: Select Copy to the right of each field and store the client secret and client Id in a secure place.
  const copy = button(window, 'Copy');
  await expect(copy).toHaveCount(2);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  for (const [position, label, value] of [[0, 'Client Id', id], [1, 'Client Secret', secret]] as const) {
    await expect(copy.nth(position)).toHaveAccessibleDescription(label);
    await copy.nth(position).click();
    await expect.poll(clipboard).toBe(value);
    await expect(window.getByRole('status').filter({ hasText: 'Copied' }).last()).toBeVisible();
  }
  expect(await placesHolding(page, server, secret)).toEqual(['page']);

  //     Once the window is closed, the client secret cannot be accessed: so Close is the only way out.
  for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
  await expect(text(window, 'Client Secret')).toHaveValue(secret);

  // 11. Select Close. In the list of secrets, the Client Id is still visible.
  await button(window, 'Close').click();
  await expect(window).toBeHidden();
  await expect(heading(details(page), 'Pump station 7')).toBeVisible();
  expect(query(page)).toEqual({ client: id });
  await expect(link(page, 'Pump station 7')).toHaveAttribute('aria-current', 'true');
  await expect(row(page, 'Pump station 7')).toContainText(id);
  await expect(details(page)).toContainText(id);
  await expect(details(page)).toContainText('1200 seconds');
  await expect(details(page)).toContainText('first secret');
  await expect(details(page)).toContainText('Tenant Contributor');

  expect(await placesHolding(page, server, secret)).toEqual([]);
  await page.reload();
  await expect(heading(details(page), 'Pump station 7')).toBeVisible();
  expect(await placesHolding(page, server, secret)).toEqual([]);
  expect(await answers.holding(secret), 'only the answer to Save shows the secret').toHaveLength(1);

  // The client works at once, and each field did what it says.
  for (const method of Object.keys(clientAuthentications) as (keyof typeof clientAuthentications)[]) {
    const { expiresIn, token } = await grant(server, { id, secret }, method);
    const claims = token.payload;
    expect(token.protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(claims).toMatchObject({ sub: id, client_id: id, aud: `${server.url}/api`, scope: 'ocsapi' });
    expect(expiresIn).toBe(1200);
    expect(claims.exp! - claims.iat!).toBe(1200);
    expect((claims.roles as string[]).toSorted()).toEqual(['Tenant Contributor', 'Tenant Member']);
    expect(new Set(claims.role_ids as string[]).size).toBe(2);
    expect(claims.jti).toBeTruthy();
    expect(claims.tid).toBeTruthy();
    expect(await server.cli(['tenant', 'list'])).toContain(claims.tid as string);
  }
  expect(await placesHolding(page, server, secret)).toEqual([]);
});

test('The same with Never Expires and every default kept', async ({ page, server, visit }) => {
  await visit('/security/clients'); // 1–2
  await button(page, 'Add Client').click(); // 3
  await text(page, 'Name').fill('Weather feed'); // 4
  await button(page, 'Next').click(); // 7
  await expect(heading(page, 'Create Secret')).toBeVisible();
  await expect(field(page, 'Expiration Date')).toBeEnabled();
  await checkbox(page, 'Never Expires').check(); // 9
  await expect(field(page, 'Expiration Date')).toBeDisabled();
  await button(page, 'Save').click(); // 10
  const credentials = await shownCredentials(page);
  await button(created(page), 'Close').click(); // 11
  await expect(details(page)).toContainText(/never expires/i);

  const { expiresIn, token } = await grant(server, credentials);
  expect(expiresIn).toBe(3600);
  expect(token.payload.roles).toEqual(['Tenant Member']);
  expect(await placesHolding(page, server, credentials.secret)).toEqual([]);
});
