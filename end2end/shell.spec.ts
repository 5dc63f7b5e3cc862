import type { Page } from '@playwright/test';
import { button, clientsUrl, createClient, createClients, details, heading, link, table } from './support/clients.ts';
import { themeChoice } from './support/shell.ts';
import { expect, gotoHydrated, gotoUnhydrated, hydrated, inBothModes, test } from './support/test.ts';

test.use({ serverOptions: { name: 'shell' } });
test.describe.configure({ mode: 'default' });
test.beforeAll(({ server }) => createClients(server, ['Control room historian', 'Dosing pump 4', 'Pump station 7']));

const leftPane = (page: Page) => page.getByRole('navigation', { name: 'Main', exact: true });

/** How light the top bar is, 0 to 255. */
const lightness = (page: Page) =>
  page.getByRole('banner').evaluate((bar) => {
    const [red = 0, green = 0, blue = 0] = getComputedStyle(bar).backgroundColor.match(/\d+/g)!.map(Number);
    return (red + green + blue) / 3;
  });

inBothModes((scripts) => {
  test('the chosen theme stays, System follows the machine', async ({ page, visit, context }) => {
    const choose = async (name: string) => {
      await button(page, 'Theme').click();
      await themeChoice(page, name).click();
    };
    const theme = async () => (await context.cookies()).find(({ name }) => name === 'clientele_theme')?.value;
    await visit(clientsUrl);
    expect(await lightness(page)).toBeGreaterThan(200);
    await choose('Dark');
    await expect.poll(() => lightness(page)).toBeLessThan(60);
    await page.reload();
    if (scripts) await hydrated(page);
    expect(await lightness(page)).toBeLessThan(60);
    expect(await theme()).toBe('dark');
    await choose('System');
    await expect.poll(() => lightness(page)).toBeGreaterThan(200);
    expect(await theme()).toBeUndefined();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => lightness(page)).toBeLessThan(60);
  });

  test('the left pane collapses to icons and stays so', async ({ page, visit }) => {
    await visit(clientsUrl);
    const width = async () => (await leftPane(page).boundingBox())!.width;
    const open = await width();
    await button(page, 'Collapse').click();
    await expect(button(page, 'Expand')).toBeVisible();
    expect(await width()).toBeLessThan(open / 2);
    await page.reload();
    await expect(link(leftPane(page), 'Clients')).toBeVisible();
    await expect(button(page, 'Expand')).toBeVisible();
    if (scripts) await hydrated(page);
    await button(page, 'Expand').click();
    await expect(button(page, 'Collapse')).toBeVisible();
    expect(await width()).toBe(open);
  });

  test('at 390 pixels Menu opens the left pane and Details cover the list', async ({ page, visit }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visit(clientsUrl);
    await expect(link(page, 'Clients')).toBeHidden();
    await button(page, 'Menu').click();
    await expect(link(page, 'Clients')).toBeVisible();
    await link(page, 'Clients').click();
    await expect(link(page, 'Clients')).toBeHidden();

    await link(page, 'Dosing pump 4').click();
    await expect(heading(details(page), 'Dosing pump 4')).toBeVisible();
    expect((await details(page).boundingBox())!.width).toBeGreaterThan(380);
    await expect(link(page, 'Dosing pump 4')).toBeHidden();
    await link(details(page), 'Hide Details').click();
    await expect(table(page)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, 'pixels to scroll sideways').toBeLessThanOrEqual(0);
  });

  test('an unknown page is a 404 with a way back', async ({ page, expectFailure }) => {
    expectFailure(404);
    expect((await page.goto('/no-such-page'))!.status()).toBe(404);
    await expect(page.getByText(/not found/i).first()).toBeVisible();
    await expect(link(page.getByRole('main'), 'the list of clients')).toBeVisible();
  });

  test('an unknown client is said to be missing', async ({ page, visit, expectFailure }) => {
    expectFailure(404);
    await visit(`${clientsUrl}?client=00000000-0000-4000-8000-000000000000`);
    await expect(page.getByText(/no longer|not found|does not exist|doesn’t exist|no client/i).first()).toBeVisible();
    await expect(link(page, 'Dosing pump 4')).toBeVisible();
  });
});

test('the account popover shows who is signed in', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await gotoHydrated(page, clientsUrl);
  await expect(page.getByRole('banner')).toContainText('Default Tenant');
  await button(page, 'Account').click();
  const account = page.locator('[popover]:popover-open');
  await expect(account).toContainText('admin@example.com');
  const tenant = /[0-9a-f-]{36}/.exec(await account.innerText())![0];
  expect(await server.cli(['tenant', 'list'])).toContain(tenant);
  await button(account, 'Copy Tenant Id').click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(tenant);
});

/** Places and sizes of what Details show. */
const places = (page: Page) =>
  details(page).locator('h2, h3, h4, dl > div, tr').evaluateAll((parts) =>
    parts.map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      return [part.tagName, x, y, width, height];
    }),
  );

/** Two frames later what hydration changed has been drawn. */
const drawn = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

for (const timezoneId of ['Europe/Lisbon', 'America/New_York']) {
  for (const width of [1440, 390]) {
    test.describe(`${timezoneId}, ${width} pixels`, () => {
      test.use({ timezoneId, viewport: { width, height: 900 } });

      test('nothing moves while a page loads', async ({ page, server }) => {
        const { id } = await createClient(server, { name: 'Still standing' });
        await page.addInitScript(() => {
          type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] };
          const shifts: { value: number; moved: string[] }[] = [];
          const keep = (entries: PerformanceEntryList) => {
            for (const { value, hadRecentInput, sources } of entries as Shift[]) {
              if (hadRecentInput) continue;
              shifts.push({ value, moved: sources.map(({ node }) => (node as Element)?.outerHTML?.slice(0, 120)) });
            }
          };
          const observer = new PerformanceObserver((list) => keep(list.getEntries()));
          observer.observe({ type: 'layout-shift', buffered: true });
          Object.assign(window, { shifts: () => (keep(observer.takeRecords()), shifts) });
        });
        for (const url of [clientsUrl, `${clientsUrl}?client=${id}`, `${clientsUrl}?pane=add`]) {
          await gotoHydrated(page, url);
          await drawn(page);
          const shifts = await page.evaluate(() => (window as unknown as { shifts: () => { value: number }[] }).shifts());
          const sum = shifts.reduce((total, { value }) => total + value, 0);
          expect(sum, `${url}: ${JSON.stringify(shifts)}`).toBeLessThan(0.01);
        }
      });

      test('Details stand where the server put them', async ({ page, server }) => {
        const { id } = await createClient(server, { name: 'Still standing' });
        const release = await gotoUnhydrated(page, `${clientsUrl}?client=${id}`);
        await expect(heading(details(page), 'Still standing')).toBeVisible();
        const before = await places(page);
        expect(before.length).toBeGreaterThan(8);
        release();
        await hydrated(page);
        await drawn(page);
        expect(await places(page)).toEqual(before);
      });
    });
  }
}
