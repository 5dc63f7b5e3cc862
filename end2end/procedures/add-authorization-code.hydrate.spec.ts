// Follows `004_…` ("Add an authorization code client") word by word. The numbers are the steps of the procedure.
import { button, checkbox, created, details, field, heading, link, query, select, text } from '../support/clients.ts';
import { addUrl, corsOrigins, entries, expectCopies, logoutUrls, openClients, redirectUrls, shownUrls, urlBox, urlList } from '../support/lifecycle.ts';
import { rowOf } from '../support/roles.ts';
import { expect, test } from '../support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const typed = {
  // What a browser would write otherwise stays as it was entered.
  redirect: ['https://App.Example.com:443/Sign-In?next=%2fhome', 'com.example.app:/cb', 'http://localhost:8080/'],
  logout: ['https://app.example.com', 'http://[::1]:3000/bye'],
  origins: ['https://app.example.com', 'http://127.0.0.1:5173'],
};

test('Add an authorization code client', async ({ page, visit }) => {
  await visit('/');

  // 1. In the left pane, select Security > Clients.
  const leftPane = page.getByRole('navigation', { name: 'Main', exact: true });
  await link(leftPane, 'Security').click();
  await link(leftPane, 'Clients').click();

  // 2. In the Client Type dropdown list, select Authorization Code.
  await select(page, 'Client Type').selectOption({ label: 'Authorization Code' });
  await expect.poll(() => query(page)).toEqual({ type: 'Authorization Code Client' });

  // 3. In the toolbar, select Add Client. The `Add Client` window appears.
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeFocused();
  await expect(button(page, 'Next')).toHaveCount(0);
  await expect(page.getByRole('tab')).toHaveCount(0);

  // 4. In the Name field, enter a name.
  await text(page, 'Name').fill('Customer portal');

  // 5. In the Allowed Redirect URL(s) field, enter a URL and select + to add it to the list.
  for (const url of typed.redirect) await addUrl(page, redirectUrls, url, '+');
  await expect(entries(page, redirectUrls)).toHaveText(typed.redirect);
  await expect(urlList(page, redirectUrls).getByRole('status')).toHaveText('http://localhost:8080/ was added.');

  // 6. (Optional) In the Allowed Logout Redirect URL(s) field, enter a URL and select + to add it to the list.
  await addUrl(page, logoutUrls, typed.logout[0]!, '+');
  await addUrl(page, logoutUrls, 'https://wrong.example.com/bye', 'Enter');
  await addUrl(page, logoutUrls, typed.logout[1]!, 'Enter');
  await button(urlList(page, logoutUrls), 'Remove https://wrong.example.com/bye').click();
  await expect(entries(page, logoutUrls)).toHaveText(typed.logout);
  await expect(urlBox(page, logoutUrls)).toBeFocused();
  await expect(urlList(page, logoutUrls).getByRole('status')).toHaveText('https://wrong.example.com/bye was removed.');

  // 7. (Optional) In the Allowed CORS Origin(s) field, enter a URL and select + to add it to the list.
  await addUrl(page, corsOrigins, typed.origins[0]!, '+');
  await addUrl(page, corsOrigins, typed.origins[1]!, '+');
  await expect(entries(page, corsOrigins)).toHaveText(typed.origins);

  // 8. (Optional) In the Token Lifetime field, enter the length of time in seconds. The default, 3600 seconds, …
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  await field(page, 'Token Lifetime').fill('900');
  await expect(checkbox(page, 'Allow Refresh Token')).not.toBeChecked();

  // 9. Select Add. The `Client Successfully Created` window displays the client Id for the client.
  await button(page, 'Add').click();
  await expect(created(page)).toBeVisible();
  await expect(heading(page, 'Add Client')).toBeHidden();
  await expect(button(created(page), 'Copy')).toBeFocused();
  await expect(created(page).getByRole('textbox')).toHaveCount(1);
  await expect(text(created(page), 'Client Id')).not.toBeEditable();
  const id = await text(created(page), 'Client Id').inputValue();
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  //    To copy the client Id, select the Copy icon.
  await expectCopies(page, created(page), [['Client Id', id]]);
  for (let time = 0; time < 4; time++) await page.keyboard.press('Escape');
  await expect(text(created(page), 'Client Id')).toHaveValue(id);

  //    After you close this window, you can also retrieve the client Id from the list of clients.
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Customer portal')).toBeVisible();
  expect(query(page)).toEqual({ type: 'Authorization Code Client', client: id });
  await expect(link(page, 'Customer portal')).toHaveAttribute('aria-current', 'true');
  await expect(rowOf(page, 'Customer portal')).toContainText(id);

  // Each field did what it says, and the lists are kept byte for byte.
  await expect(page.getByRole('columnheader', { name: 'Redirect URL(s)', exact: true })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Secrets', exact: true })).toHaveCount(0);
  await expect(rowOf(page, 'Customer portal')).toContainText(typed.redirect.join(', '));
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await expect(shownUrls(page, redirectUrls)).toHaveText(typed.redirect);
    await expect(shownUrls(page, logoutUrls)).toHaveText(typed.logout);
    await expect(shownUrls(page, corsOrigins)).toHaveText(typed.origins);
    await expect(details(page)).toContainText('900 seconds');
    await expect(details(page)).toContainText(/Allow Refresh Token\s*No/);
  }
});

test('Enter in a box adds to its list, in each of the three', async ({ page }) => {
  await openClients(page, 'Authorization Code');
  await button(page, 'Add Client').click();
  for (const label of [redirectUrls, logoutUrls, corsOrigins]) {
    await addUrl(page, label, 'https://one.example.com', 'Enter');
    await addUrl(page, label, 'https://two.example.com', 'Enter');
    await button(urlList(page, label), 'Remove https://one.example.com').click();
    await expect(entries(page, label)).toHaveText(['https://two.example.com']);
  }
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(created(page)).toBeHidden();
});

test('a URL that still stands in its box when Add is selected is added', async ({ page }) => {
  await openClients(page, 'Authorization Code');
  await button(page, 'Add Client').click();
  await text(page, 'Name').fill('Left in the box');
  await checkbox(page, 'Allow Refresh Token').check();
  await addUrl(page, redirectUrls, 'https://app.example.com/first', '+');
  await urlBox(page, redirectUrls).fill('https://app.example.com/second');
  await urlBox(page, logoutUrls).fill('https://app.example.com/bye');
  await urlBox(page, corsOrigins).fill('https://app.example.com');
  await button(page, 'Add').click();
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Left in the box')).toBeVisible();
  await expect(shownUrls(page, redirectUrls)).toHaveText(['https://app.example.com/first', 'https://app.example.com/second']);
  await expect(shownUrls(page, logoutUrls)).toHaveText(['https://app.example.com/bye']);
  await expect(shownUrls(page, corsOrigins)).toHaveText(['https://app.example.com']);
  await expect(details(page)).toContainText(/Allow Refresh Token\s*Yes/);
});
