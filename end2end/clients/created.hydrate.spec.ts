// The window Client Successfully Created: its other buttons, and that it isn't left by accident.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { addClient } from '../support/add-client.ts';
import { button, created, text } from '../support/clients.ts';
import { reloadAndStay } from '../support/reload.ts';
import { expect, test } from '../support/test.ts';

/** Download opens a choice of two. */
async function download(page: Page, kind: '.env' | 'JSON'): Promise<{ name: string; content: string }> {
  await button(created(page), 'Download').click();
  const choice = page.getByRole('button', { name: kind, exact: true }).or(page.getByRole('menuitem', { name: kind, exact: true }));
  const [file] = await Promise.all([page.waitForEvent('download'), choice.click()]);
  return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') };
}

test('Download gives both values, as .env and as JSON', async ({ page }) => {
  const { id, secret } = await addClient(page, { name: 'Billing meter import' });

  const env = await download(page, '.env');
  expect(env.name).toMatch(/\.env$/);
  const lines = env.content.split('\n').filter((line) => line && !line.startsWith('#'));
  const values = lines.map((line) => /^[A-Z][A-Z0-9_]*=(.*)$/.exec(line)?.[1]?.replace(/^"(.*)"$/, '$1'));
  expect(values).toEqual(expect.arrayContaining([id, secret]));

  const json = await download(page, 'JSON');
  expect(json.name).toMatch(/\.json$/);
  expect(JSON.parse(json.content)).toMatchObject({ ClientId: id, ClientSecret: secret });
  await expect(created(page)).toBeVisible();
});

test('Test gets a token and shows the answer and its claims', async ({ page, server }) => {
  const { id } = await addClient(page, { name: 'Turbidity alarm relay', tokenLifetime: '600', roles: ['Tenant Viewer'] });
  await button(created(page), 'Test').click();
  for (const shown of ['Bearer', '600', `${server.url}/identity`, `${server.url}/api`, id, 'Tenant Viewer', 'ocsapi']) {
    await expect(created(page)).toContainText(shown);
  }
  await button(created(page), 'Close').click();
  await expect(created(page)).toBeHidden();
});

test('Test tells a refusal from no answer, and works afterwards', async ({ page, expectFailure }) => {
  expectFailure(401);
  const endpoint = '**/identity/connect/token';
  const answer = created(page).getByRole('status').filter({ hasText: 'token endpoint' });
  await addClient(page, { name: 'Refused relay' });

  await page.route(endpoint, (route) => route.fulfill({ status: 401, json: { error: 'invalid_client' } }));
  await button(created(page), 'Test').click();
  await expect(answer).toContainText('The token endpoint refused.');
  await expect(answer).toContainText('invalid_client');
  await page.unroute(endpoint);

  // A request that is cut short on its way is an error in the console, which fails the test; so it never leaves the page.
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = () => {
      window.fetch = fetch;
      return Promise.reject(new TypeError('Failed to fetch'));
    };
  });
  await button(created(page), 'Test').click();
  await expect(answer).toHaveText("The token endpoint doesn't answer. Check the connection and try again.");

  await button(created(page), 'Test').click();
  await expect(answer).toContainText('It works: the token endpoint gave a token.');
  await expect(answer).not.toContainText("doesn't answer");
});

test('a clipboard that refuses: the text is selected and that is said', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  await addClient(page, { name: 'No clipboard' });
  await button(created(page), 'Copy').nth(1).click();
  await expect(created(page).getByRole('status').filter({ hasText: /selected/i })).toHaveCount(1);
  const selected = await text(created(page), 'Client Secret').evaluate((box: HTMLInputElement) =>
    box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0),
  );
  expect(selected).toBe(await text(created(page), 'Client Secret').inputValue());
});

test('reload asks, and staying keeps the window', async ({ page }) => {
  const { secret } = await addClient(page, { name: 'Reload asks' });
  await reloadAndStay(page);
  await expect(text(created(page), 'Client Secret')).toHaveValue(secret);

  await button(created(page), 'Close').click();
  await page.reload(); // asks no more
  await expect(created(page)).toBeHidden();
});

test('a click beside the window does not close it, the page behind is out of reach', async ({ page }) => {
  await addClient(page, { name: 'Click beside' });
  await page.mouse.click(10, 10);
  await expect(created(page)).toBeVisible();
  await expect(button(created(page), 'Close')).toBeVisible();
  await button(created(page), 'Copy').first().focus();
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || !!document.activeElement?.closest('dialog'))).toBe(true);
  }
});
