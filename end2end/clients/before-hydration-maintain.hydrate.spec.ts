// What one selects while the page can't act yet: it works by a plain request, or it waits, without changing its size.
import type { Locator } from '@playwright/test';
import { button, heading, query, text } from '../support/clients.ts';
import { addUrl, clientUrl, enabledSwitch, redirectUrls, secretRadio, storeClient, urlBox, urlList } from '../support/lifecycle.ts';
import { confirmation } from '../support/roles.ts';
import { expect, gotoUnhydrated, hydrated, test } from '../support/test.ts';

const type = 'Client-Credentials Client';

const size = async (control: Locator) => {
  const { width, height } = (await control.boundingBox())!;
  return { width, height };
};

test('Remove Client and the switch wait, and then ask', async ({ page, server }) => {
  const client = await storeClient(page.request, server, type, { name: 'Waits' });
  const release = await gotoUnhydrated(page, clientUrl(type, client));
  const commands: [control: Locator, question: string][] = [
    [button(page, 'Remove Client'), 'Remove “Waits”?'],
    [enabledSwitch(page), 'Disable “Waits”?'],
  ];
  const before: unknown[] = [];
  for (const [control] of commands) {
    await expect(control).toBeDisabled();
    before.push(await size(control));
  }
  release();
  await hydrated(page);
  for (const [position, [control, question]] of commands.entries()) {
    expect(await size(control)).toEqual(before[position]);
    await control.click();
    await expect(confirmation(page, question)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('a secret that is chosen before is chosen afterwards', async ({ page, server }) => {
  const client = await storeClient(page.request, server, type, { name: 'Chosen early' });
  const release = await gotoUnhydrated(page, clientUrl(type, client));
  await secretRadio(page, 'first secret').check();
  release();
  await hydrated(page);
  await expect(secretRadio(page, 'first secret')).toBeChecked();
  await expect(button(page, 'Edit Secret')).toBeEnabled();
  await button(page, 'Remove Secret').click();
  await expect(confirmation(page, 'Remove the secret “first secret”?')).toBeVisible();
});

test('Edit Secret of a chosen secret is a plain request, and its form waits', async ({ page, server }) => {
  const client = await storeClient(page.request, server, type, { name: 'Edited early' });
  const release = await gotoUnhydrated(page, clientUrl(type, client));
  await secretRadio(page, 'first secret').check();
  // Nobody has told the button yet that a secret is chosen.
  await button(page, 'Edit Secret').click({ force: true });
  await expect(heading(page, 'Edit Secret')).toBeVisible();
  expect(query(page)).toMatchObject({ client: client.id, pane: 'edit-secret', secret: '1' });
  await expect(text(page, 'Description')).toBeDisabled();
  await expect(button(page, 'Save')).toBeDisabled();
  release();
  await hydrated(page);
  await expect(text(page, 'Description')).toBeEnabled();
  await expect(text(page, 'Description')).toHaveValue('first secret');
});

test('Edit Client is a plain request, and + waits for its form', async ({ page, server }) => {
  const client = await storeClient(page.request, server, 'Hybrid', { name: 'Grows late' });
  const release = await gotoUnhydrated(page, clientUrl('Hybrid', client));
  await button(page, 'Edit Client').click();
  await expect(heading(page, 'Edit Client')).toBeVisible();
  const plus = button(urlList(page, redirectUrls), '+');
  for (const control of [urlBox(page, redirectUrls), plus]) await expect(control).toBeDisabled();
  const before = await size(plus);
  release();
  await hydrated(page);
  await expect(plus).toBeEnabled();
  expect(await size(plus)).toEqual(before);
  await addUrl(page, redirectUrls, 'https://late.example.com/cb', '+');
});
