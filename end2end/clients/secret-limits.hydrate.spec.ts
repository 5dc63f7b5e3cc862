// A client has at most ten secrets: the command says so, and the server to whoever was not quick enough.
import { button, clientsUrl, details, query, text } from '../support/clients.ts';
import { fillWithSecrets, secretCreated, secretRadio, secretRow, storeClient } from '../support/lifecycle.ts';
import { ask } from '../support/people.ts';
import { expectUnusable } from '../support/roles.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';
import { open, said } from '../support/two-people.ts';

const type = 'Client-Credentials Client';

test('with ten secrets Add Secret says why it can’t be used, until one is removed', async ({ page, server }) => {
  const { id } = await storeClient(page.request, server, type, { name: 'Full of secrets' });
  await fillWithSecrets(page.request, server, id, 10);
  await gotoHydrated(page, `${clientsUrl}?client=${id}`);
  await expect(details(page).getByRole('radio')).toHaveCount(10);
  await expectUnusable(button(page, 'Add Secret'), 'A client has at most 10 secrets. Remove one first');
  await button(page, 'Add Secret').click({ force: true });
  await secretRadio(page, 'secret 10').check();
  expect(query(page)).toEqual({ client: id });

  await button(page, 'Remove Secret').click();
  await button(page, 'Remove').click();
  await expect(details(page).getByRole('radio')).toHaveCount(9);
  await expect(button(page, 'Add Secret')).toBeEnabled();
  await button(page, 'Add Secret').click();
  await button(page, 'Add').click();
  await expect(secretCreated(page)).toBeVisible();
});

test('the 11th secret is refused when somebody else was quicker, and what was typed stays', async ({ page, server, expectFailure }) => {
  expectFailure(422);
  const { id } = await storeClient(page.request, server, type, { name: 'Filled meanwhile' });
  await fillWithSecrets(page.request, server, id, 9);
  await open(page, `${clientsUrl}?client=${id}`, 'Add Secret');
  await text(page, 'Description').fill('one too many');
  await fillWithSecrets(page.request, server, id, 10);
  await button(page, 'Add').click();
  await expect(said(page)).toContainText('This client has 10 secrets, and may not have more. Remove one first.');
  await expect(text(page, 'Description')).toHaveValue('one too many');
  await expect(secretCreated(page)).toBeHidden();

  await ask(page.request, server, 'secrets/remove', { client: id, id: 10 });
  await button(page, 'Add').click();
  await button(secretCreated(page), 'Close').click();
  await expect(secretRow(page, 'one too many')).toBeVisible();
  await expect(details(page).getByRole('radio')).toHaveCount(10);
});

test('after Cancel of the 11th secret Details show the ten that are there', async ({ page, server, expectFailure }) => {
  expectFailure(422);
  const { id } = await storeClient(page.request, server, type, { name: 'Given up' });
  await fillWithSecrets(page.request, server, id, 9);
  await open(page, `${clientsUrl}?client=${id}`, 'Add Secret');
  await fillWithSecrets(page.request, server, id, 10);
  await button(page, 'Add').click();
  await expect(said(page)).toContainText('This client has 10 secrets');
  await button(page, 'Cancel').click();
  await expect(secretRow(page, 'secret 10')).toBeVisible();
  await expectUnusable(button(page, 'Add Secret'), 'A client has at most 10 secrets. Remove one first');
});
