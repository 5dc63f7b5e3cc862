// Little room: on a narrow screen, and for long names on every screen.
import type { Page } from '@playwright/test';
import { addClient, openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, clientsUrl, createClient, created, details, heading, link, row } from '../support/clients.ts';
import { openTab } from '../support/details-tabs.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

const narrow = { width: 390, height: 844 };

/** What has to be scrolled sideways: the page, or parts of it. Tabs may, and so may lines of code. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll('*')].filter((part) => {
      const scrolls = part === document.documentElement || /auto|scroll/.test(getComputedStyle(part).overflowX);
      return scrolls && !part.matches('.tabs, pre') && part.scrollWidth > part.clientWidth;
    });
    return parts.map((part) => part.outerHTML.slice(0, 100));
  });

test.describe('at 390 pixels', () => {
  test.use({ viewport: narrow, permissions: ['clipboard-read', 'clipboard-write'] });

  test('the client id stands under the name, with Copy', async ({ page, server }) => {
    const { id } = await createClient(server, { name: 'Valve controller' });
    await gotoHydrated(page, `${clientsUrl}?filter=Valve+controller`);
    const shown = row(page, 'Valve controller');
    const name = (await link(page, 'Valve controller').boundingBox())!;
    const copy = shown.getByRole('button', { name: /^Copy/ });
    expect((await copy.boundingBox())!.y).toBeGreaterThan(name.y);
    await copy.click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(id);
    await expect(shown.getByRole('status')).toHaveText('Copied');
  });
});

for (const [letter, viewport] of [['n', narrow], ['w', { width: 1440, height: 900 }]] as const) {
  test.describe(`at ${viewport.width} pixels`, () => {
    test.use({ viewport });

    test('a long name without a space makes nothing too wide', async ({ page }) => {
      const name = letter.repeat(128);
      await addClient(page, { name });
      expect(await tooWide(page), 'the window').toEqual([]);
      await button(created(page), 'Close').click();
      await expect(heading(details(page), name)).toBeVisible();
      expect(await tooWide(page), 'Details').toEqual([]);
      for (const tab of ['Code Examples', 'Connection Information']) {
        await openTab(page, tab);
        expect(await tooWide(page), tab).toEqual([]);
      }
      await link(details(page), 'Hide Details').click();
      await expect(link(page, name)).toBeVisible();
      expect(await tooWide(page), 'the list').toEqual([]);
      await openAddClient(page);
      await toCreateSecret(page, { name });
      await expect(page.getByText(/another client is already named/i)).toBeVisible();
      expect(await tooWide(page), 'the warning').toEqual([]);
    });
  });
}
