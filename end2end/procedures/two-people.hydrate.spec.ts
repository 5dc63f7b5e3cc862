// Two people maintain the same thing at the same time: nobody's change is lost without being seen, nothing typed is lost.
import { button, checkbox, details, field, heading, link, text } from '../support/clients.ts';
import { addUrl, clientUrl, entries, redirectUrls, secretRadio, secretRow, shownUrls, storeClient } from '../support/lifecycle.ts';
import { confirmation, rowOf } from '../support/roles.ts';
import { expect, gotoHydrated } from '../support/test.ts';
import { makeClient, makeRole, open, overtaken, remove, said, saveFirst, test } from '../support/two-people.ts';

test.beforeEach(({ expectFailure }) => expectFailure(404, 409));

test('Edit Client: the second Save tells what the first one changed, keeps what was typed, and then stores it', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Both edit');
  for (const each of [page, other]) await open(each, url, 'Edit Client');
  await text(page, 'Name').fill('Mine');
  await checkbox(page, 'Tenant Viewer').check();
  await text(other, 'Name').fill('Theirs');
  await field(other, 'Token Lifetime').fill('900');
  await checkbox(other, 'Tenant Contributor').check();
  await saveFirst(other, 'Edit Client');

  await button(page, 'Save').click();
  for (const words of [
    overtaken,
    'By admin',
    'Name is now “Theirs”.',
    'Token Lifetime is now “900 seconds”.',
    /Assigned Roles is now “[^”]*Tenant Contributor[^”]*”\./,
  ]) {
    await expect(said(page)).toContainText(words);
  }
  await expect(heading(page, 'Edit Client')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue('Mine');
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  await expect(checkbox(page, 'Tenant Viewer')).toBeChecked();

  await button(page, 'Save').click();
  await expect(heading(details(page), 'Mine')).toBeVisible();
  await expect(rowOf(page, 'Mine')).toContainText('Tenant Viewer');
  await expect(details(page)).toContainText('3600 seconds');
  await expect(details(page)).not.toContainText('Tenant Contributor');
});

test('Edit Client: the lists of URLs are told and kept too', async ({ page, other, server }) => {
  const url = clientUrl('Hybrid', await storeClient(page.request, server, 'Hybrid', { name: 'Both add a URL' }));
  for (const each of [page, other]) await open(each, url, 'Edit Client');
  await addUrl(page, redirectUrls, 'https://mine.example.com/cb', '+');
  await addUrl(other, redirectUrls, 'https://theirs.example.com/cb', '+');
  await saveFirst(other, 'Edit Client');
  await button(page, 'Save').click();
  await expect(said(page)).toContainText(overtaken);
  await expect(said(page)).toContainText(`${redirectUrls} is now “https://app.example.com/cb, https://theirs.example.com/cb”.`);
  const mine = ['https://app.example.com/cb', 'https://mine.example.com/cb'];
  await expect(entries(page, redirectUrls)).toHaveText(mine);
  await button(page, 'Save').click();
  await expect(shownUrls(page, redirectUrls)).toHaveText(mine);
});

test('Edit Secret: the second Save tells, keeps and then stores', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Both edit its secret');
  for (const each of [page, other]) await open(each, url, 'Edit Secret');
  await text(page, 'Description').fill('mine');
  await text(other, 'Description').fill('theirs');
  await checkbox(other, 'Never Expires').uncheck();
  await field(other, 'Expiration Date').fill('2035-01-31T12:00');
  await saveFirst(other, 'Edit Secret');

  await button(page, 'Save').click();
  for (const words of [overtaken, 'Description is now “theirs”.', 'Expiration Date is now “31 Jan 2035, 12:00 UTC”.']) {
    await expect(said(page)).toContainText(words);
  }
  await expect(text(page, 'Description')).toHaveValue('mine');
  await expect(checkbox(page, 'Never Expires')).toBeChecked();
  await button(page, 'Save').click();
  await expect(secretRow(page, 'mine')).toContainText('Never expires');
});

test('Edit Role: the second Save tells, keeps and then stores', async ({ page, other, server }) => {
  const url = await makeRole(page.request, server, 'Both.Edit');
  for (const each of [page, other]) await open(each, url, 'Edit Role');
  await text(page, 'Description').fill('mine');
  await text(other, 'Name').fill('Theirs.Now');
  await text(other, 'Description').fill('');
  await saveFirst(other, 'Edit Role');

  await button(page, 'Save').click();
  for (const words of [overtaken, 'Name is now “Theirs.Now”.', 'Description is now empty.']) {
    await expect(said(page)).toContainText(words);
  }
  await expect(text(page, 'Name')).toHaveValue('Both.Edit');
  await expect(text(page, 'Description')).toHaveValue('mine');
  await button(page, 'Save').click();
  await expect(rowOf(page, 'Both.Edit')).toContainText('mine');
});

test('saving a client that the other removed says so and keeps what was typed', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Removed while edited');
  await open(page, url, 'Edit Client');
  await text(page, 'Name').fill('Typed for an hour');
  await remove(other, url);
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Somebody removed this client meanwhile');
  await expect(text(page, 'Name')).toHaveValue('Typed for an hour');
});

test('a secret for a client that the other removed: what was typed is kept', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Gone before its secret');
  await open(page, url, 'Add Secret');
  await text(page, 'Description').fill('typed');
  await remove(other, url);
  await button(page, 'Add').click();
  await expect(said(page)).toContainText('Somebody removed this client meanwhile');
  await expect(text(page, 'Description')).toHaveValue('typed');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(page, 'Cancel').click();
  await expect(page.getByText('There is no client with this id.')).toBeVisible();
});

test('removing a client that the other removed says so, and Close brings the list up to date', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Removed twice');
  await gotoHydrated(page, url);
  await remove(other, url);
  await expect(rowOf(page, 'Removed twice')).toBeVisible();
  await button(page, 'Remove Client').click();
  const asked = confirmation(page, 'Remove “Removed twice”?');
  await button(asked, 'Remove').click();
  await expect(asked).toContainText('Somebody removed this client already.');
  await expect(button(asked, 'Remove')).toBeHidden();
  await expect(button(asked, 'Close')).toBeFocused();
  await button(asked, 'Close').click();
  await expect(asked).toBeHidden();
  await expect(link(page, 'Removed twice')).toHaveCount(0);
  await expect(details(page)).toHaveCount(0);
});

test('removing a secret that the other removed says so, and Close brings Details up to date', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Secret removed twice');
  for (const each of [page, other]) {
    await gotoHydrated(each, url);
    await secretRadio(each, 'first secret').check();
    await button(each, 'Remove Secret').click();
  }
  await button(other, 'Remove').click();
  await expect(secretRadio(other, 'first secret')).toHaveCount(0);
  await button(page, 'Remove').click();
  await expect(page.getByRole('dialog')).toContainText('Somebody removed this secret or its client already.');
  await button(page, 'Close').click();
  await expect(secretRadio(page, 'first secret')).toHaveCount(0);
  await expect(details(page)).toContainText('Without a secret the client can’t connect.');
});
