// Whatever people type is text wherever it is shown. Names and descriptions are in procedures/bad-urls; here are e-mails,
// what is searched for, messages that quote what was typed, and who did something. Whatever ran would break the policy for
// scripts, which fails the test.
import type { Page } from '@playwright/test';
import { openAddClient } from './support/add-client.ts';
import { button, clientsUrl, details, expectMessage, expectNoRows, field, filterBox, heading, text } from './support/clients.ts';
import { clientUrl, openClients, redirectUrls, storeClient, urlBox, urlList } from './support/lifecycle.ts';
import { createPerson, invitation, invite, passwordBox, setPassword, usersUrl } from './support/people.ts';
import { confirmation, rowOf } from './support/roles.ts';
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

test('the filter, as it is typed and as the server sends it back', async ({ page }) => {
  await gotoHydrated(page, clientsUrl);
  await filterBox(page).fill(html('filter'));
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await expectNoRows(page, 'No client matches.');
    await expect(filterBox(page)).toHaveValue(html('filter'));
    await expectOnlyText(page);
  }
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
