// Follows `003_…` ("Maintain a client") word by word. `selectClient` takes the first three steps of each procedure: Security
// > Clients, Client Type, the client in the list. The numbers are the steps that follow. Focus and keys: maintain-focus.
import { button, checkbox, details, field, heading, link, query, row, text } from '../support/clients.ts';
import { addUrl, clientTypes, enabledSwitch, expectAccepted, expectCopies, logoutUrls, redirectUrls, refusal, secretCreated, secretRadio, secretRow, selectClient, shownUrls, storeClient, urlList } from '../support/lifecycle.ts';
import { confirmation, createRole, rowOf } from '../support/roles.ts';
import { placesHolding, recordAnswers } from '../support/secrets.ts';
import { expect, test } from '../support/test.ts';
import { oneYearLater } from '../support/times.ts';
import { grant } from '../support/tokens.ts';

test.use({ serverOptions: { name: 'maintain' } });

const timeZone = 'Europe/Lisbon';
const credentialsClient = 'Client-Credentials Client';
test.use({ timezoneId: timeZone, permissions: ['clipboard-read', 'clipboard-write'] });

test('Edit a client: Client-Credentials', async ({ page, server }) => {
  await createRole(page.request, server, { name: 'Edited.Role' });
  const client = await storeClient(page.request, server, credentialsClient, { name: 'Boiler gateway' });
  await selectClient(page, credentialsClient, 'Boiler gateway'); // 1–3
  await button(page, 'Edit Client').click(); // 4
  await expect(text(page, 'Name')).toHaveValue('Boiler gateway');
  await text(page, 'Name').fill('Boiler gateway 2'); // 5
  await field(page, 'Token Lifetime').fill('600');
  await checkbox(page, 'Edited.Role').check();
  await expect(checkbox(page, 'Tenant Member')).toBeChecked();
  await expect(checkbox(page, 'Tenant Member')).toBeDisabled();
  await button(page, 'Save').click(); // 6

  await expect(heading(details(page), 'Boiler gateway 2')).toBeVisible();
  await expect(rowOf(page, 'Boiler gateway 2')).toContainText('Edited.Role');
  await expect(link(page, 'Boiler gateway')).toHaveCount(0);
  for (const fact of [/Name\s*Boiler gateway 2/, '600 seconds', 'Edited.Role', 'Tenant Member', /Changed\s*By admin/]) {
    await expect(details(page)).toContainText(fact);
  }
  const { expiresIn, token } = await grant(server, client);
  expect(expiresIn).toBe(600);
  expect((token.payload.roles as string[]).toSorted()).toEqual(['Edited.Role', 'Tenant Member']);
});

for (const type of ['Authorization Code', 'Hybrid'] as const) {
  test(`Edit a client: ${type}`, async ({ page, server }) => {
    const name = `${type} portal`;
    const urls = ['https://old.example.com/cb', 'https://app.example.com/cb'];
    await storeClient(page.request, server, type, { name, redirect_urls: urls, logout_redirect_urls: ['https://old.example.com'] });
    await selectClient(page, type, name); // 1–3
    await button(page, 'Edit Client').click(); // 4
    await text(page, 'Name').fill(`${name} 2`); // 5
    await checkbox(page, 'Allow Refresh Token').check();
    await button(urlList(page, redirectUrls), 'Remove https://old.example.com/cb').click();
    await addUrl(page, redirectUrls, 'https://NEW.example.com/cb', '+');
    await button(urlList(page, logoutUrls), 'Remove https://old.example.com').click();
    await field(page, 'Token Lifetime').fill('120');
    await button(page, 'Save').click(); // 6

    await expect(heading(details(page), `${name} 2`)).toBeVisible();
    await expect(rowOf(page, `${name} 2`)).toContainText('https://app.example.com/cb, https://NEW.example.com/cb');
    await expect(link(page, name)).toHaveCount(0);
    await expect(shownUrls(page, redirectUrls)).toHaveText(['https://app.example.com/cb', 'https://NEW.example.com/cb']);
    await expect(shownUrls(page, logoutUrls)).toHaveCount(0);
    for (const fact of [/Allow Refresh Token\s*Yes/, '120 seconds']) await expect(details(page)).toContainText(fact);
  });
}

for (const type of clientTypes) {
  test(`Remove a client: ${type}`, async ({ page, server }) => {
    const client = await storeClient(page.request, server, type, { name: 'Removed A' });
    await storeClient(page.request, server, type, { name: 'Removed B' });
    await selectClient(page, type, 'Removed A'); // 1–3
    await button(page, 'Remove Client').click(); // 4
    const asked = confirmation(page, 'Remove “Removed A”?');
    await expect(asked).toContainText('This can’t be undone');
    await button(asked, 'Remove').click(); // 5
    await expect(link(page, 'Removed A')).toHaveCount(0);
    await expect(details(page)).toHaveCount(0);
    await expect(link(page, 'Removed B')).toBeFocused();
    expect(Object.keys(query(page))).not.toContain('client');
    if (client.secret) expect(await refusal(server, client)).toBe('invalid_client');
  });
}

for (const type of [credentialsClient, 'Hybrid'] as const) {
  test(`Create a new secret: ${type}`, async ({ page, server }) => {
    const now = new Date();
    await page.clock.setFixedTime(now);
    const answers = recordAnswers(page);
    const name = `Two secrets, ${type}`;
    const first = await storeClient(page.request, server, type, { name });
    await selectClient(page, type, name); // 1–3
    await button(details(page), 'Add Secret').click(); // 4
    await text(page, 'Description').fill('second secret'); // 5
    await expect(field(page, 'Expiration Date')).toHaveValue(oneYearLater(now, timeZone)); // 6
    await checkbox(page, 'Never Expires').check();
    await expect(field(page, 'Expiration Date')).toBeDisabled();
    await checkbox(page, 'Never Expires').uncheck();
    await field(page, 'Expiration Date').fill('2035-03-01T12:00');
    await button(page, 'Add').click(); // 7

    const window = secretCreated(page);
    const secret = await text(window, 'Client Secret').inputValue();
    await expectCopies(page, window, [['Client Id', first.id], ['Client Secret', secret]]);
    expect(await placesHolding(page, server, secret)).toEqual(['page']);
    await button(window, 'Close').click();
    await expect(window).toBeHidden();
    await expect(secretRow(page, 'second secret')).toContainText('1 Mar 2035');
    await expect(secretRow(page, 'first secret')).toContainText('Never expires');
    await expect(row(page, name).locator('.count')).toHaveText('2');
    expect(await placesHolding(page, server, secret)).toEqual([]);
    expect(await answers.holding(secret), 'only the answer to Add shows the secret').toHaveLength(1);
    await expectAccepted(server, type, first);
    await expectAccepted(server, type, { id: first.id, secret });
  });
}

test('Edit secret details', async ({ page, server }) => {
  const client = await storeClient(page.request, server, credentialsClient, { name: 'Edited secret', description: '' });
  await selectClient(page, credentialsClient, 'Edited secret'); // 1–3
  await details(page).getByRole('radio', { name: /^No description, id \d+$/ }).check(); // 4
  await button(details(page), 'Edit Secret').click();
  await expect(checkbox(page, 'Never Expires')).toBeChecked();
  await text(page, 'Description').fill('for the new pump'); // 5
  await checkbox(page, 'Never Expires').uncheck();
  await field(page, 'Expiration Date').fill('2035-03-01T12:00');
  await button(page, 'Save').click();
  await expect(secretRow(page, 'for the new pump')).toContainText(/Active\s*1 Mar 2035, 12:00/);
  await expect(row(page, 'Edited secret')).toContainText(/in \d+ years/);
  await grant(server, client);
});

test('Remove a secret', async ({ page, server }) => {
  const client = await storeClient(page.request, server, 'Hybrid', { name: 'Without a secret', description: 'leaked' });
  await selectClient(page, 'Hybrid', 'Without a secret'); // 1–3
  await button(details(page), 'Add Secret').click();
  await text(page, 'Description').fill('the other one');
  await button(page, 'Add').click();
  const other = { id: client.id, secret: await text(secretCreated(page), 'Client Secret').inputValue() };
  await button(secretCreated(page), 'Close').click();

  await secretRadio(page, 'leaked').check(); // 4
  await button(details(page), 'Remove Secret').click();
  await expect(confirmation(page, 'Remove the secret “leaked”?')).not.toContainText('This is the last secret');
  await button(page, 'Remove').click(); // 5
  await expect(secretRadio(page, 'leaked')).toHaveCount(0);
  expect(await refusal(server, client)).toBe('invalid_client');
  await expectAccepted(server, 'Hybrid', other);

  await secretRadio(page, 'the other one').check();
  await button(details(page), 'Remove Secret').click();
  await expect(confirmation(page, 'Remove the secret “the other one”?')).toContainText('This is the last secret of “Without a secret” that can be used.');
  await button(page, 'Remove').click();
  await expect(details(page)).toContainText('Without a secret the client can’t connect.');
  await expect(row(page, 'Without a secret').locator('.count')).toHaveText('0');
  expect(await refusal(server, other)).toBe('invalid_client');
});

test('Disable and Enable with the switch: no token while it is disabled', async ({ page, server }) => {
  const client = await storeClient(page.request, server, credentialsClient, { name: 'Switched off' });
  await selectClient(page, credentialsClient, 'Switched off');
  await expect(enabledSwitch(page)).toBeChecked();
  for (const [verb, standing] of [['Disable', 'Disabled'], ['Enable', 'Enabled']] as const) {
    await enabledSwitch(page).click();
    await button(confirmation(page, `${verb} “Switched off”?`), verb).click();
    await expect(enabledSwitch(page)).toBeChecked({ checked: verb === 'Enable' });
    await expect(details(page)).toContainText(new RegExp(`Status\\s*${standing}`));
    await expect(row(page, 'Switched off').getByRole('cell').last()).toHaveText(standing);
    if (verb === 'Enable') await grant(server, client);
    else expect(await refusal(server, client)).toBe('invalid_client');
  }
});
