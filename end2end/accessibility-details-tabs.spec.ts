// axe on the tabs of the details of a client.
import { expectNoFindings, expectNoFindingsIn, inEveryLook } from './support/axe.ts';
import { button, details } from './support/clients.ts';
import { languages, openExample, openTab, tabUrl } from './support/details-tabs.ts';
import { storeClient } from './support/lifecycle.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test.use({ serverOptions: { name: 'axe-details-tabs' } });

inEveryLook(({ colorScheme, size }) => {
  test('Code Examples and Connection Information', async ({ page, server }) => {
    const client = await storeClient(page.request, server, 'Hybrid', { name: `Intranet ${colorScheme} ${size}` });
    await gotoHydrated(page, tabUrl('Hybrid', client, 'code'));
    await expectNoFindings(page, 'Code Examples');
    await expectNoFindingsIn(page, [
      ...languages.map((language): [string, () => Promise<unknown>] => [language, () => openExample(page, language)]),
      ['a copied example', async () => {
        await button(details(page), 'Copy').click();
        await expect(details(page).getByRole('status').filter({ hasText: /Copied|Selected/ })).toHaveCount(1);
      }],
      ['Connection Information', () => openTab(page, 'Connection Information')],
    ]);
  });
});
