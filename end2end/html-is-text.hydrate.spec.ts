// Whatever people type is text wherever it is shown. Names and descriptions are in procedures/bad-urls; here are e-mails,
// what is searched for, messages that quote what was typed, and who did something. Whatever ran would break the policy for
// scripts, which fails the test.
import type { Page } from '@playwright/test';
import { openAddClient } from './support/add-client.ts';
import { authorizeUrl } from './support/authorize.ts';
import { button, checkbox, clientsUrl, details, expectMessage, field, heading, text } from './support/clients.ts';
import { clientUrl, openClients, redirectUrls, storeClient, urlBox, urlList } from './support/lifecycle.ts';
import { ask, createInvited, createPerson, invitation, invite, passwordBox, setPassword, usersUrl } from './support/people.ts';
import { confirmation, createRole, identities, identityFilter, openIdentities, rolesUrl, rowOf } from './support/roles.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';
import { expect, gotoHydrated, test } from './support/test.ts';
import { open, overtaken, said, saveFirst } from './support/two-people.ts';

/** An address has no spaces, and needs none for this. */
const html = (what: string) => `<b>${what}</b><svg/onload=alert(1)>`;
const type = 'Client-Credentials Client';

/** Nothing of it has become an element. */
const expectOnlyText = (page: Page) => expect(page.locator('b, svg[onload]')).toHaveCount(0);

test('the e-mail of a person', async ({ page, newContext, expectFailure }) => {
  expectFailure(422);
  const email = `${html('mail')}@example.com`;
  const url = await invite(page, { name: html('person'), email });
  await expect(invitation(page)).toContainText(html('person'));
  await button(invitation(page), 'Close').click();
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await expect(heading(details(page), html('person'))).toBeVisible();
    await expect(details(page)).toContainText(email);
    await expect(rowOf(page, html('person'))).toContainText(email);
    await expectOnlyText(page);
  }
  await gotoHydrated(page, page.url());
  await button(page, 'Remove User').click();
  await expect(confirmation(page, `Remove “${html('person')}”?`)).toContainText(email);
  await page.keyboard.press('Escape');
  await button(page, 'Edit User').click();
  await expect(text(page, 'E-mail')).toHaveValue(email);
  await button(page, 'Cancel').click();
  await gotoHydrated(page, `${usersUrl}?pane=add`);
  await text(page, 'Name').fill('Second');
  await text(page, 'E-mail').fill(email);
  await button(page, 'Add').click();
  await expectMessage(text(page, 'E-mail'), `E-mail ${email} is taken.`);
  await expectOnlyText(page);

  const other = await (await newContext()).newPage();
  await other.goto(url);
  for (const words of [html('person'), email]) await expect(other.getByRole('main')).toContainText(words);
  await setPassword(other, 'too short');
  await expect(passwordBox(other)).toHaveAttribute('aria-invalid', 'true');
  await expectOnlyText(other);
  await other.goto(url);
  await setPassword(other, 'long enough for this');
  await expect(other).toHaveURL(/\/security\/clients$/);
  await button(other, 'Account').click();
  await expect(other.locator('[popover]:popover-open')).toContainText(email);
  await expectOnlyText(other);
  await other.context().clearCookies();
  await other.goto('/sign-in');
  await fillSignIn(other, email, 'not the right password');
  await expect(other.getByRole('alert')).toBeVisible();
  await expect(text(other, 'E-mail')).toHaveValue(email);
  await expectOnlyText(other);
});

const filters = [
  ['Filter Clients', clientsUrl, 'No client matches.'],
  ['Filter Roles', rolesUrl, 'No role matches.'],
  ['Filter Users', usersUrl, 'No user matches.'],
] as const;

for (const [name, url, nothing] of filters) {
  test(`${name}, as it is typed and as the server sends it back`, async ({ page }) => {
    const box = page.getByRole('searchbox', { name, exact: true });
    await gotoHydrated(page, url);
    await box.fill(html('filter'));
    for (const load of [async () => {}, () => page.reload()]) {
      await load();
      await expect(page.getByRole('main').getByText(nothing)).toBeVisible();
      await expect(box).toHaveValue(html('filter'));
      await expectOnlyText(page);
    }
  });
}

test('who has a role: Filter Identities, Manage Identities and the question of Remove Role', async ({ page, server }) => {
  const holder = html('holder');
  const role = await createRole(page.request, server, { name: 'Held.Html' });
  const { id } = await createInvited(page.request, server, { name: holder, email: 'holder@example.com' });
  const given = await ask(page.request, server, 'roles/change-identities', { role, changes: { give: [{ User: id }], take: [] } });
  expect(given.status()).toBe(200);
  await openIdentities(page, 'Held.Html');
  await expect(checkbox(page, holder)).toBeChecked();
  await expectOnlyText(page);
  await identityFilter(page).fill(html('filter'));
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  await expectOnlyText(page);
  await button(page, 'Cancel').click();
  await expect(identities(page)).toContainText(holder);
  await button(page, 'Remove Role').click();
  await expect(confirmation(page, 'Remove “Held.Html”?')).toContainText(`Users: ${holder}`);
  await expectOnlyText(page);
});

test('what an application brings to the sign-in page: its name and an e-mail', async ({ page, newContext, server }) => {
  const client = await storeClient(page.request, server, 'Authorization Code', { name: html('application') });
  const hint = `"><script>alert(1)</script>${html('hint')}`;
  const other = await (await newContext()).newPage();
  await other.goto(authorizeUrl(client, { login_hint: hint }));
  await expect(other.getByText(`You go on to ${html('application')} afterwards.`)).toBeVisible();
  await expect(text(other, 'E-mail')).toHaveValue(hint);
  await expect(other.locator('form script')).toHaveCount(0);
  await expectOnlyText(other);
});

test('messages that quote what was typed, and the warning of a second one of the name', async ({ page, server }) => {
  await storeClient(page.request, server, type, { name: html('twice') });
  await openAddClient(page);
  await text(page, 'Name').fill(html('twice'));
  await field(page, 'Token Lifetime').fill('<b>long</b>');
  await button(page, 'Next').click();
  await expectMessage(field(page, 'Token Lifetime'), '“<b>long</b>” is not a whole number.');
  await expectOnlyText(page);
  await field(page, 'Token Lifetime').fill('60');
  await button(page, 'Next').click();
  await expect(page.getByText(`Another client is already named “${html('twice')}”.`)).toBeVisible();
  await expectOnlyText(page);
  await button(page, 'Cancel').click();

  await openClients(page, 'Hybrid');
  await button(page, 'Add Client').click();
  for (const url of [`https://app.example.com/${html('url')}`, html('no-url')]) {
    await urlBox(page, redirectUrls).fill(url);
    await button(urlList(page, redirectUrls), '+').click();
    await expectMessage(urlBox(page, redirectUrls), `“${url}” can't be used.`);
    await expectOnlyText(page);
  }
});

test('what somebody did whose name is HTML, in Details and in a conflict', async ({ page, newContext, server, expectFailure }) => {
  expectFailure(409);
  const person = await createPerson(server, { name: html('by'), email: 'by@example.com', roles: ['Tenant Administrator'] });
  const other = await (await newContext()).newPage();
  await signIn(other, person);
  const url = clientUrl(type, await storeClient(page.request, server, type, { name: 'Changed by HTML' }));
  for (const each of [page, other]) await open(each, url, 'Edit Client');
  await text(other, 'Name').fill(html('theirs'));
  await saveFirst(other, 'Edit Client');
  await expect(details(other)).toContainText(`By ${html('by')}`);
  await expectOnlyText(other);

  await field(page, 'Token Lifetime').fill('60');
  await button(page, 'Save').click();
  for (const words of [overtaken, `By ${html('by')}`, `Name is now “${html('theirs')}”.`]) await expect(said(page)).toContainText(words);
  await expectOnlyText(page);
  await button(page, 'Cancel').click();
  await expect(heading(details(page), html('theirs'))).toBeVisible();
  await expect(details(page)).toContainText(`By ${html('by')}`);
});
