// Hands that are quicker than the server, and hands that slip: nothing is lost, nothing wrong is said.
import { addClient, openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, checkbox, clientsUrl, createClients, created, details, expectNoRows, field, filterBox, heading, link, names, query, range, row, select, table, text } from '../support/clients.ts';
import { holdBack } from '../support/hold-back.ts';
import { addUrl, entries, openClients, redirectUrls, urlBox, urlList } from '../support/lifecycle.ts';
import { expect, gotoHydrated, gotoUnhydrated, hydrated, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'quick' }, permissions: ['clipboard-read', 'clipboard-write'] });
test.describe.configure({ mode: 'default' });
test.beforeAll(({ server }) =>
  createClients(server, Array.from({ length: 60 }, (_, index) => `Valve ${String(index + 1).padStart(2, '0')}`)),
);

test('a double click on Next opens the second pane and stores nothing', async ({ page }) => {
  let saved = 0;
  page.on('request', (request) => (saved += Number(request.url().endsWith('/_fn/clients/add'))));
  await openAddClient(page);
  await text(page, 'Name').fill('Not yet');
  await button(page, 'Next').dblclick({ noWaitAfter: true });
  await expect(heading(page, 'Create Secret')).toBeVisible();
  await text(page, 'Description').fill('still here');
  await button(page, 'Back').click();
  await expect(text(page, 'Name')).toHaveValue('Not yet');
  expect(saved).toBe(0);
});

test('a double click on Save asks the server once', async ({ page }) => {
  const held = await holdBack(page, 'clients/add');
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Saved once' });
  await button(page, 'Save').click();
  await button(page, 'Save').click();
  await expect.poll(() => held.asked).toBe(1);
  held.release();
  await expect(created(page)).toBeVisible();
  expect(held.asked).toBe(1);
});

test('a double click on + adds one URL, and one on Remove takes one away', async ({ page }) => {
  await openClients(page, 'Authorization Code');
  await button(page, 'Add Client').click();
  await urlBox(page, redirectUrls).fill('https://app.example.com/1');
  await button(urlList(page, redirectUrls), '+').dblclick();
  await expect(entries(page, redirectUrls)).toHaveText(['https://app.example.com/1']);
  await expect(urlBox(page, redirectUrls)).not.toHaveAttribute('aria-invalid');
  await addUrl(page, redirectUrls, 'https://app.example.com/2', '+');
  await button(urlList(page, redirectUrls), 'Remove https://app.example.com/1').dblclick({ noWaitAfter: true });
  await expect(entries(page, redirectUrls)).toHaveText(['https://app.example.com/2']);
});

test('a cleared date stays cleared on the way back and forth', async ({ page }) => {
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Without a date' });
  await field(page, 'Expiration Date').fill('');
  await button(page, 'Back').click();
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeVisible();
  await expect(field(page, 'Expiration Date')).toHaveValue('');
});

test("the browser's Back leaves the window with the secret alone", async ({ page }) => {
  const { id, secret } = await addClient(page, { name: 'Stepped back' });
  for (let step = 0; step < 3; step++) {
    await page.goBack();
    await expect(text(created(page), 'Client Secret')).toHaveValue(secret);
  }
  await expect(heading(page, 'Add Client')).toBeHidden();
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Stepped back')).toBeVisible();
  expect(query(page)).toEqual({ client: id });
});

test('while an answer is on its way the old list stays, and says nothing of the new one', async ({ page }) => {
  const busy = page.locator('.progress.busy');
  await gotoHydrated(page, `${clientsUrl}?filter=no+such+client`);
  await expectNoRows(page, 'No client matches.');
  let held = await holdBack(page, 'clients/list');
  await filterBox(page).fill('');
  await expect(busy).toBeAttached();
  await expect(page.getByText('No client matches.')).toBeVisible();
  await expect(button(page, 'Create the first client')).toHaveCount(0);
  held.release();
  await expect(range(page)).toHaveText(/^1 – 50 of /);
  await page.unrouteAll({ behavior: 'wait' });

  await gotoHydrated(page, `${clientsUrl}?filter=Valve&per_page=25&page=2`);
  await expect(range(page)).toHaveText('26 – 50 of 60');
  held = await holdBack(page, 'clients/list');
  await select(page, 'Items per page').selectOption('100');
  await expect(busy).toBeAttached();
  await expect(range(page)).toHaveText('26 – 50 of 60');
  await expect(link(page, 'Valve 26')).toBeVisible();
  held.release();
  await expect(range(page)).toHaveText('1 – 60 of 60');
});

test('what is being typed survives a click on the order', async ({ page }) => {
  await gotoHydrated(page, clientsUrl);
  await filterBox(page).fill('Valve 1');
  await link(table(page), 'Name').click();
  await expect.poll(() => query(page)).toEqual({ filter: 'Valve 1', sort: '-name' });
  await expect(filterBox(page)).toHaveValue('Valve 1');
  await expect(names(page).first()).toHaveText('Valve 19');
});

test('Copied goes with the focus, so it stands where it is true', async ({ page }) => {
  await addClient(page, { name: 'Copied twice' });
  const copied = created(page).getByText('Copied', { exact: true });
  await button(created(page), 'Copy').first().click();
  await expect(copied).toHaveCount(1);
  await button(created(page), 'Copy').last().click();
  await expect(copied).toHaveCount(1);
  const status = created(page).getByRole('status').filter({ hasText: 'Copied' });
  const shown = (await status.locator('.badge').boundingBox())!;
  expect(shown.y).toBeGreaterThan((await text(created(page), 'Client Id').boundingBox())!.y);
});

test('each part that could not be loaded has a button of its own, and the focus a place afterwards', async ({ page, expectFailure }) => {
  expectFailure(500);
  const failed = '00000000-0000-4000-8000-000000000007';
  await gotoHydrated(page, `${clientsUrl}?filter=Valve+0`);
  const fail = (path: string) =>
    page.route(`**/_fn/${path}`, (route) => route.fulfill({ status: 500, json: { Failed: failed } }));
  for (const path of ['clients/list', 'clients/details', 'roles/offered']) await fail(path);

  await link(page, 'Valve 03').click();
  const again = button(page, 'Load Client Again');
  await expect(details(page)).toContainText(`under operation ${failed}.`);
  await page.unroute('**/_fn/clients/details');
  await again.click();
  await expect(heading(details(page), 'Valve 03')).toBeFocused();

  await filterBox(page).fill('Valve 02');
  await button(page, 'Try Again').click();
  await expect(button(page, 'Try Again')).toBeVisible();
  await page.unroute('**/_fn/clients/list');
  await button(page, 'Try Again').click();
  await expect(names(page)).toHaveText(['Valve 02']);
  await expect(filterBox(page)).toBeFocused();

  await button(page, 'Add Client').click();
  await button(page, 'Load Roles Again').click();
  await expect(button(page, 'Load Roles Again')).toBeVisible();
  await page.unroute('**/_fn/roles/offered');
  await button(page, 'Load Roles Again').click();
  await expect(checkbox(page, 'Tenant Viewer')).toBeVisible();
  await expect(heading(page, 'Add Client')).toBeFocused();
});

test('before the page is alive Add Client is a plain request, and its form waits', async ({ page }) => {
  const release = await gotoUnhydrated(page, clientsUrl);
  await button(page, 'Add Client').click();
  await expect(heading(page, 'Add Client')).toBeVisible();
  await expect(field(page, 'Token Lifetime')).toHaveValue('3600');
  for (const control of [text(page, 'Name'), field(page, 'Token Lifetime'), button(page, 'Next')]) {
    await expect(control).toBeDisabled();
  }
  await button(page, 'Cancel').click();
  await expect(heading(page, 'Add Client')).toBeHidden();
  await expect(row(page, 'Valve 03')).toBeVisible();
  release();
  await hydrated(page);
});
