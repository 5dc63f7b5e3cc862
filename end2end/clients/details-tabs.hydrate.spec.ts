// The tabs of Details with scripts: keyboard, Copy, and what happens beside them.
import { button, clientsUrl, createClient, details, heading, link, query } from '../support/clients.ts';
import { connection, detailsTabs, example, expectOpenTab, openExample, openTab, tabUrl } from '../support/details-tabs.ts';
import { pressOn, tabTo } from '../support/keyboard.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'details-tabs-scripts' }, permissions: ['clipboard-read', 'clipboard-write'] });

const type = 'Client-Credentials Client';

test('arrows go from tab to tab, Enter opens one, and the focus stays', async ({ page, server }) => {
  const { id } = await createClient(server, { name: 'Tabs by keyboard' });
  await gotoHydrated(page, `${clientsUrl}?client=${id}`);
  const tab = (name: string) => link(detailsTabs(page), name);
  await tabTo(page, tab('Details'));
  for (const name of ['Code Examples', 'Connection Information', 'Details', 'Code Examples']) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(name)).toBeFocused();
  }
  await page.keyboard.press('ArrowLeft');
  await expect(tab('Details')).toBeFocused();
  await expectOpenTab(page, 'Details');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expectOpenTab(page, 'Code Examples');
  await expect(tab('Code Examples')).toBeFocused();
  // The other tabs are no stops.
  await page.keyboard.press('Tab');
  await expect(example(page, 'curl').locator('summary')).toBeFocused();

  await pressOn(page, example(page, 'Rust').locator('summary'));
  await expect(example(page, 'Rust').locator('pre')).toBeVisible();
  await expect(example(page, 'curl').locator('pre')).toBeHidden();
  await pressOn(page, button(details(page), 'Copy'));
  await expect(details(page).getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);

  // An arrow with Alt is the browser's.
  const withAlt = { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true };
  const left = await tab('Code Examples').evaluate((link, event) => link.dispatchEvent(new KeyboardEvent('keydown', event)), withAlt);
  expect(left).toBe(true);
});

test('each Copy copies what stands beside it', async ({ page, server }) => {
  const client = await createClient(server, { name: 'Copied' });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await gotoHydrated(page, tabUrl(type, client, 'code'));
  for (const language of ['curl', 'Python']) {
    const code = (await (await openExample(page, language)).textContent())!;
    await expect(button(details(page), 'Copy')).toHaveAccessibleDescription(language);
    await button(details(page), 'Copy').click();
    await expect.poll(clipboard).toBe(code);
  }

  await openTab(page, 'Connection Information');
  for (const name of ['Issuer', 'JWKS', 'Tenant Id']) {
    const value = (await connection(page, name).textContent())!;
    const fact = details(page).locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
    await expect(button(fact, 'Copy')).toHaveAccessibleDescription(name);
    await button(fact, 'Copy').click();
    await expect.poll(clipboard).toBe(value);
  }
});

test('another client shows the same tab; a form leads back to the first one', async ({ page, server }) => {
  const first = await createClient(server, { name: 'Beside, first' });
  const second = await createClient(server, { name: 'Beside, second' });
  await gotoHydrated(page, `${tabUrl(type, first, 'code')}&filter=Beside`);
  await link(page, 'Beside, second').click();
  await expect(heading(details(page), 'Beside, second')).toBeFocused();
  await expectOpenTab(page, 'Code Examples');
  await expect.poll(() => query(page)).toMatchObject({ client: second.id, tab: 'code' });
  await expect(await openExample(page, 'curl')).toContainText(second.id);

  await button(page, 'Edit Client').click();
  await expect(heading(page, 'Edit Client')).toBeFocused();
  await button(page, 'Cancel').click();
  await expectOpenTab(page, 'Details');
  await expect(details(page).getByText('Token Lifetime')).toBeVisible();
});

test('each tab is found where it was left', async ({ page, server }) => {
  await page.setViewportSize({ width: 1440, height: 600 });
  const client = await createClient(server, { name: 'Scrolled' });
  await gotoHydrated(page, tabUrl(type, client, 'code'));
  await openExample(page, 'Java');
  const body = details(page).locator('.pane-body:visible');
  const scrolled = () => body.evaluate((element) => element.scrollTop);
  await body.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const left = await scrolled();
  expect(left).toBeGreaterThan(0);
  await openTab(page, 'Details');
  await expect(details(page).getByText('Token Lifetime')).toBeVisible();
  expect(await scrolled()).toBe(0);
  await openTab(page, 'Code Examples');
  await expect(example(page, 'Java').locator('pre')).toBeVisible();
  await expect.poll(scrolled).toBe(left);
});
