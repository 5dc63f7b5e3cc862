// Characters that nobody sees are refused wherever a client or secret gets a text, and a secret's end must lie ahead,
// whichever pane it is entered in.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, checkbox, created, expectMessage, field, heading, text } from '../support/clients.ts';
import { clientUrl, expectNotStored, secretCreated, secretRadio, storeClient } from '../support/lifecycle.ts';
import type { Server } from '../support/server.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';
import { monthsFrom } from '../support/times.ts';

const type = 'Client-Credentials Client';
const hidden: [what: string, value: string, code: string][] = [
  ['control', 'pump \u00077', 'U+0007'],
  ['bidirectional', 'pump \u202e7', 'U+202E'],
  ['without width', 'pump \u200b7', 'U+200B'],
];

/** Opens a pane of a new client by its address, and answers where that client's Details are. */
async function openPane(page: Page, server: Server, title: string, pane: string): Promise<string> {
  const details = clientUrl(type, await storeClient(page.request, server, type, { name: `Behind ${title}` }));
  await gotoHydrated(page, `${details}&pane=${pane}`);
  await expect(heading(page, title)).toBeVisible();
  return details;
}

/** Each is refused at its field, which keeps it and has the focus; nothing is sent. */
async function expectHiddenRefused(page: Page, label: string, submit: string): Promise<void> {
  let sent = 0;
  page.on('request', (request) => (sent += Number(/_fn\/(clients|secrets)\/(add|edit)$/.test(request.url()))));
  for (const [what, value, code] of hidden) {
    await test.step(what, async () => {
      await text(page, label).fill(value);
      await button(page, submit).click();
      await expectMessage(text(page, label), `${label} holds a character that can't be seen (${code}). Remove it.`);
      await expect(text(page, label)).toBeFocused();
      await expect(text(page, label)).toHaveValue(value);
    });
  }
  expect(sent).toBe(0);
  await text(page, label).fill('seen');
}

/** An end in the past is refused by the server, with the server's time. */
async function expectPastRefused(page: Page, submit: string): Promise<void> {
  const past = monthsFrom(new Date(), -1);
  await checkbox(page, 'Never Expires').uncheck();
  await field(page, 'Expiration Date').fill(past);
  await button(page, submit).click();
  await expectMessage(field(page, 'Expiration Date'), 'Expiration Date lies in the past.', new Date().toISOString().slice(0, 7));
  await expect(field(page, 'Expiration Date')).toBeFocused();
  await expect(field(page, 'Expiration Date')).toHaveValue(past);
  await expect(text(page, 'Description')).toHaveValue('seen');
}

test('the name of a client, new and edited', async ({ page, server }) => {
  await openAddClient(page);
  await expectHiddenRefused(page, 'Name', 'Next');
  await expect(heading(page, 'Add Client')).toBeVisible();

  const details = await openPane(page, server, 'Edit Client', 'edit');
  await expectHiddenRefused(page, 'Name', 'Save');
  await gotoHydrated(page, details);
  await expect(heading(page, 'Behind Edit Client')).toBeVisible();
});

test('the first secret of a client: nothing is stored', async ({ page, expectFailure }) => {
  expectFailure(422);
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Without a past' });
  await expectHiddenRefused(page, 'Description', 'Save');
  await expectPastRefused(page, 'Save');
  await expect(created(page)).toBeHidden();
  await expectNotStored(page, type, 'Without a past');
});

for (const [title, pane, submit] of [['Add Secret', 'add-secret', 'Add'], ['Edit Secret', 'edit-secret&secret=1', 'Save']] as const) {
  test(`${title}: nothing is stored`, async ({ page, server, expectFailure }) => {
    expectFailure(422);
    const details = await openPane(page, server, title, pane);
    await expectHiddenRefused(page, 'Description', submit);
    await expectPastRefused(page, submit);
    await expect(secretCreated(page)).toBeHidden();
    await gotoHydrated(page, details);
    await expect(secretRadio(page, 'first secret')).toBeVisible();
    await expect(page.getByRole('radio')).toHaveCount(1);
  });
}
