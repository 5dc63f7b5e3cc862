// Follows `000_…` and `002_…` ("Add a client-credentials client") word by word: they say the same, and are taken with other
// choices. The numbers are the steps of the procedure.
import { addClient, shownCredentials } from '../support/add-client.ts';
import { button, checkbox, created, details, field, heading, link, query, row, select, text } from '../support/clients.ts';
import { expectCopies, secretRow } from '../support/lifecycle.ts';
import { placesHolding, recordAnswers } from '../support/secrets.ts';
import { expect, test } from '../support/test.ts';
import { oneYearLater } from '../support/times.ts';
import { clientAuthentications, grant } from '../support/tokens.ts';

const timeZone = 'Europe/Lisbon';
test.use({ timezoneId: timeZone, permissions: ['clipboard-read', 'clipboard-write'] });

/** What is chosen where the procedure leaves it open: a date, or Never Expires. */
const choices = [
  {
    procedure: '000',
    name: 'Pump station 7',
    tokenLifetime: 1200,
    roles: ['Tenant Contributor'],
    description: 'first secret',
    date: '2035-07-01T12:00',
    expiry: '1 Jul 2035, 12:00',
  },
  {
    procedure: '002',
    name: 'Weather feed',
    tokenLifetime: 60,
    roles: ['Tenant Data Steward', 'Tenant Viewer'],
    description: 'for the night run',
    expiry: 'Never expires',
  },
];

for (const { procedure, name, tokenLifetime, roles, description, date, expiry } of choices) {
  test(`Add a client-credentials client, as ${procedure} tells it`, async ({ page, server, visit }) => {
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
    await text(page, 'Name').fill(name);

    // 5. (Optional) In the Token Lifetime field, enter the length of time in seconds. The default, 3600 seconds, …
    await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
    await field(page, 'Token Lifetime').fill(`${tokenLifetime}`);

    // 6. In the Tenant Roles and Community Roles tabs, select the roles that are appropriate for the client. By default,
    //    the client has the `Tenant Member` role, which cannot be removed.
    await expect(page.getByRole('tab', { name: 'Tenant Roles', exact: true })).toHaveAttribute('aria-selected', 'true');
    await expect(checkbox(page, 'Tenant Member')).toBeChecked();
    await expect(checkbox(page, 'Tenant Member')).toBeDisabled();
    for (const role of roles) await checkbox(page, role).check();
    await page.getByRole('tab', { name: 'Community Roles', exact: true }).click();
    const communityRoles = page.getByRole('tabpanel', { name: 'Community Roles', exact: true });
    await expect(communityRoles).toContainText(/once .*tenant has joined a community/i);
    await page.getByRole('tab', { name: 'Tenant Roles', exact: true }).click();
    for (const role of roles) await expect(checkbox(page, role)).toBeChecked();

    // 7. Select Next. The `Create Secret` pane opens.
    await button(page, 'Next').click();
    await expect(heading(page, 'Create Secret')).toBeVisible();
    await expect(heading(page, 'Add Client')).toBeHidden();

    // 8. (Optional) In the Description field, enter a description for the client secret.
    await text(page, 'Description').fill(description);

    // 9. In the Expiration Date field, enter a date and time. By default, the secret is set to expire one year after
    //    creation. Select the Never Expires checkbox to specify that the secret does not expire.
    await expect(field(page, 'Expiration Date')).toHaveValue(oneYearLater(now, timeZone));
    await expect(page.getByText(timeZone)).toBeVisible();
    await expect(checkbox(page, 'Never Expires')).not.toBeChecked();
    if (date) await field(page, 'Expiration Date').fill(date);
    else await checkbox(page, 'Never Expires').check();
    await expect(field(page, 'Expiration Date')).toBeEnabled({ enabled: Boolean(date) });

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
    await expectCopies(page, window, [['Client Id', id], ['Client Secret', secret]]);
    expect(await placesHolding(page, server, secret)).toEqual(['page']);

    //     Once the window is closed, the client secret cannot be accessed: so Close is the only way out.
    for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
    await expect(text(window, 'Client Secret')).toHaveValue(secret);

    // 11. Select Close. In the list of secrets, the Client Id is still visible.
    await button(window, 'Close').click();
    await expect(window).toBeHidden();
    await expect(heading(details(page), name)).toBeVisible();
    expect(query(page)).toEqual({ client: id });
    await expect(link(page, name)).toHaveAttribute('aria-current', 'true');
    await expect(row(page, name)).toContainText(id);
    for (const fact of [id, `${tokenLifetime} seconds`, ...roles]) await expect(details(page)).toContainText(fact);
    await expect(secretRow(page, description)).toContainText(expiry);

    expect(await placesHolding(page, server, secret)).toEqual([]);
    await page.reload();
    await expect(heading(details(page), name)).toBeVisible();
    expect(await placesHolding(page, server, secret)).toEqual([]);
    expect(await answers.holding(secret), 'only the answer to Save shows the secret').toHaveLength(1);

    // The client works at once, and each field did what it says.
    for (const method of Object.keys(clientAuthentications) as (keyof typeof clientAuthentications)[]) {
      const { expiresIn, token } = await grant(server, { id, secret }, method);
      const claims = token.payload;
      expect(token.protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
      expect(claims).toMatchObject({ sub: id, client_id: id, aud: `${server.url}/api`, scope: 'ocsapi' });
      expect(expiresIn).toBe(tokenLifetime);
      expect(claims.exp! - claims.iat!).toBe(tokenLifetime);
      expect((claims.roles as string[]).toSorted()).toEqual([...roles, 'Tenant Member'].toSorted());
      expect(new Set(claims.role_ids as string[]).size).toBe(roles.length + 1);
      expect(claims.jti).toBeTruthy();
      expect(claims.tid).toBeTruthy();
      expect(await server.cli(['tenant', 'list'])).toContain(claims.tid as string);
    }
    expect(await placesHolding(page, server, secret)).toEqual([]);
  });
}

test('With the name alone every default is kept', async ({ page, server }) => {
  const credentials = await addClient(page, { name: 'Only a name' });
  await button(created(page), 'Close').click();
  await expect(details(page)).toContainText('No description');
  await expect(row(page, 'Only a name')).toContainText('in 1 year');
  const { expiresIn, token } = await grant(server, credentials);
  expect(expiresIn).toBe(3600);
  expect(token.payload.roles).toEqual(['Tenant Member']);
});
