// A hybrid client is added as `004_…` adds an authorization code client, and gets its secret as `000_…` tells.
import { shownCredentials } from '../support/add-client.ts';
import { button, checkbox, created, details, field, heading, link, query, row, text } from '../support/clients.ts';
import { addUrl, corsOrigins, entries, expectAccepted, expectCopies, logoutUrls, openClients, redirectUrls, refusal, shownUrls, urlBox, urlList } from '../support/lifecycle.ts';
import { placesHolding, recordAnswers } from '../support/secrets.ts';
import { expect, test } from '../support/test.ts';
import { oneYearLater } from '../support/times.ts';

const timeZone = 'Europe/Lisbon';
test.use({ timezoneId: timeZone, permissions: ['clipboard-read', 'clipboard-write'] });

const redirect = ['https://Web.Example.com/signin-oidc', 'https://web.example.com/signin-oidc?tenant=%7E'];
const logout = ['https://web.example.com/signed-out', 'https://web.example.com'];

test('Add a hybrid client', async ({ page, server }) => {
  const now = new Date();
  now.setSeconds(0, 0);
  await page.clock.setFixedTime(now);
  const answers = recordAnswers(page);

  // 1.–3. Security > Clients, Client Type Hybrid, Add Client.
  await openClients(page, 'Hybrid');
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeFocused();

  // 4.–8. Name, the lists with +, Token Lifetime. There is no list of origins, and there are no roles.
  await text(page, 'Name').fill('Shop back office');
  await checkbox(page, 'Allow Refresh Token').check();
  await addUrl(page, redirectUrls, redirect[0]!, '+');
  await addUrl(page, redirectUrls, 'https://wrong.example.com', 'Enter');
  await addUrl(page, redirectUrls, redirect[1]!, 'Enter');
  await button(urlList(page, redirectUrls), 'Remove https://wrong.example.com').click();
  await expect(entries(page, redirectUrls)).toHaveText(redirect);
  await addUrl(page, logoutUrls, logout[0]!, '+');
  await urlBox(page, logoutUrls).fill(logout[1]!); // still in its box at Next
  await field(page, 'Token Lifetime').fill('600');
  await expect(field(page, corsOrigins)).toHaveCount(0);
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(button(page, 'Add')).toHaveCount(0);

  // Next, Create Secret, Save.
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeFocused();
  await text(page, 'Description').fill('shop server');
  await expect(field(page, 'Expiration Date')).toHaveValue(oneYearLater(now, timeZone));
  await button(page, 'Save').click();
  await expect(created(page)).toBeVisible();
  const { id, secret } = await shownCredentials(page);
  expect(secret).toMatch(/^cls_[\w-]{43,}$/);
  await expectCopies(page, created(page), [['Client Id', id], ['Client Secret', secret]]);
  for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
  await expect(text(created(page), 'Client Secret')).toHaveValue(secret);
  expect(await placesHolding(page, server, secret)).toEqual(['page']);

  // Close: the client is selected; the secret is gone.
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Shop back office')).toBeVisible();
  expect(query(page)).toEqual({ type: 'Hybrid Client', client: id });
  await expect(link(page, 'Shop back office')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('columnheader', { name: 'Redirect URL(s)', exact: true })).toBeVisible();
  for (const fact of [id, redirect.join(', '), 'in 1 year']) await expect(row(page, 'Shop back office')).toContainText(fact);
  await expect(shownUrls(page, redirectUrls)).toHaveText(redirect);
  await expect(shownUrls(page, logoutUrls)).toHaveText(logout);
  await expect(details(page)).not.toContainText(corsOrigins);
  for (const fact of ['600 seconds', 'shop server', /Allow Refresh Token\s*Yes/]) await expect(details(page)).toContainText(fact);

  expect(await placesHolding(page, server, secret)).toEqual([]);
  await page.reload();
  await expect(heading(details(page), 'Shop back office')).toBeVisible();
  expect(await placesHolding(page, server, secret)).toEqual([]);
  expect(await answers.holding(secret), 'only the answer to Save shows the secret').toHaveLength(1);

  // The secret is the client's, and another one is not.
  await expectAccepted(server, 'Hybrid', { id, secret });
  expect(await refusal(server, { id, secret: `${secret}x` })).toBe('invalid_client');
});

test('Back from Create Secret keeps the lists, and what stood in a box', async ({ page }) => {
  await openClients(page, 'Hybrid');
  await button(page, 'Add Client').click();
  await text(page, 'Name').fill('Back and forth');
  await urlBox(page, redirectUrls).fill('https://web.example.com/cb');
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeFocused();
  await button(page, 'Back').click();
  await expect(heading(page, 'Add Client')).toBeFocused();
  await expect(entries(page, redirectUrls)).toHaveText(['https://web.example.com/cb']);
  await expect(urlBox(page, redirectUrls)).toHaveValue('');
  await expect(text(page, 'Name')).toHaveValue('Back and forth');
});
