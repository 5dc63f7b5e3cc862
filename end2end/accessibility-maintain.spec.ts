// axe on what is done with a client that is there: its forms, its secrets, the questions, and what is said when somebody else
// was quicker.
import { expectNoFindingsIn, inEveryLook } from './support/axe.ts';
import { button, clientsUrl, createClient, details, field, heading, inDays, text } from './support/clients.ts';
import { clientUrl, enabledSwitch, entries, fillWithSecrets, logoutUrls, redirectUrls, secretCreated, secretRadio, shownUrls, storeClient } from './support/lifecycle.ts';
import { ask } from './support/people.ts';
import { confirmation, expectUnusable } from './support/roles.ts';
import { expect, gotoHydrated, test } from './support/test.ts';
import { overtaken, said } from './support/two-people.ts';

// The list of hybrid clients is empty in accessibility.spec.ts.
test.use({ serverOptions: { name: 'axe-maintain' } });

inEveryLook(({ colorScheme, size }) => {
  test('changing a client and its secrets', async ({ page, server, expectFailure }) => {
    expectFailure(404, 409);
    const name = `Sluice gate ${colorScheme} ${size}`;
    const { id } = await createClient(server, { name, expires: inDays(3) });
    const open = (pane: string, title: string) => async () => {
      await gotoHydrated(page, `${clientsUrl}?client=${id}&pane=${pane}`);
      await expect(heading(page, title)).toBeVisible();
    };
    await expectNoFindingsIn(page, [
      ['Edit Client', open('edit', 'Edit Client')],
      ['a conflict', async () => {
        const { version } = await (await ask(page.request, server, 'clients/details', { id })).json();
        const form = { name, token_lifetime: '60' };
        expect((await ask(page.request, server, 'clients/edit', { id, version, form })).status()).toBe(200);
        await field(page, 'Token Lifetime').fill('120');
        await button(page, 'Save').click();
        await expect(said(page)).toContainText(overtaken);
      }],
      ['Add Secret', open('add-secret', 'Add Secret')],
      ['Secret Successfully Created', async () => {
        await button(page, 'Add').click();
        await expect(secretCreated(page)).toBeVisible();
      }],
      ['a chosen secret', async () => {
        await button(page, 'Close').click();
        await page.getByRole('radio').first().check();
      }],
      ['Remove Secret', async () => {
        await button(page, 'Remove Secret').click();
        await expect(confirmation(page, 'Remove the secret with the id 1?')).toBeVisible();
      }],
      ['Edit Secret', open('edit-secret&secret=1', 'Edit Secret')],
      ['Disable', async () => {
        await button(page, 'Cancel').click();
        await enabledSwitch(page).click();
        await expect(confirmation(page, `Disable “${name}”?`)).toBeVisible();
      }],
      ['Enable', async () => {
        await button(page, 'Disable').click();
        await expect(details(page)).toContainText('Disabled');
        await enabledSwitch(page).click();
        await expect(confirmation(page, `Enable “${name}”?`)).toBeVisible();
      }],
      ['Remove Client', async () => {
        await button(page, 'Cancel').click();
        await button(page, 'Remove Client').click();
        await expect(confirmation(page, `Remove “${name}”?`)).toBeVisible();
      }],
      ['a question whose client is gone', async () => {
        expect((await ask(page.request, server, 'clients/remove', { id })).status()).toBe(200);
        await button(page, 'Remove').click();
        await expect(page.getByRole('dialog')).toContainText('Somebody removed this client already.');
      }],
    ]);
  });

  test('a hybrid client, and Edit Client with lists', async ({ page, server, expectFailure }) => {
    expectFailure(404);
    const name = `Shop back office ${colorScheme} ${size}`;
    const client = await storeClient(page.request, server, 'Hybrid', { name, logout_redirect_urls: ['https://app.example.com/bye'] });
    await expectNoFindingsIn(page, [
      ['Add Client', async () => {
        await gotoHydrated(page, `${clientsUrl}?type=Hybrid+Client&pane=add`);
        await expect(heading(page, 'Add Client')).toBeVisible();
      }],
      ['Details', async () => {
        await gotoHydrated(page, clientUrl('Hybrid', client));
        await expect(shownUrls(page, logoutUrls)).toHaveCount(1);
      }],
      ['Edit Client', async () => {
        await button(page, 'Edit Client').click();
        await expect(entries(page, redirectUrls)).toHaveCount(1);
      }],
      ['Edit Client of a client that is gone', async () => {
        expect((await ask(page.request, server, 'clients/remove', { id: client.id })).status()).toBe(200);
        await text(page, 'Name').fill('Typed for an hour');
        await button(page, 'Save').click();
        await expect(said(page)).toContainText('Somebody removed this client meanwhile');
      }],
    ]);
  });

  test('the last secret, none, and ten', async ({ page, server }) => {
    const type = 'Client-Credentials Client';
    const client = await storeClient(page.request, server, type, { name: `Many secrets ${colorScheme} ${size}` });
    await expectNoFindingsIn(page, [
      ['Remove Secret of the last one', async () => {
        await gotoHydrated(page, clientUrl(type, client));
        await secretRadio(page, 'first secret').check();
        await button(page, 'Remove Secret').click();
        await expect(page.getByRole('dialog')).toContainText('This is the last secret of');
      }],
      ['Details without a secret', async () => {
        await button(page, 'Remove').click();
        await expect(details(page)).toContainText('Without a secret the client can’t connect.');
      }],
      ['Details with ten secrets', async () => {
        await fillWithSecrets(page.request, server, client.id, 10);
        await gotoHydrated(page, clientUrl(type, client));
        await expectUnusable(button(page, 'Add Secret'), 'A client has at most 10 secrets. Remove one first');
      }],
    ]);
  });
});
