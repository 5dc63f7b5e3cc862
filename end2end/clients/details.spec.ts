// Details of the clients that sign people in are the server's work: all of it is there with scripts off, too.
import { button, clientsUrl, details, heading, link, select } from '../support/clients.ts';
import { corsOrigins, enabledSwitch, logoutUrls, redirectUrls, secretRow, shownUrls, storeClient } from '../support/lifecycle.ts';
import { expect, inBothModes, test } from '../support/test.ts';

const redirect = ['https://App.Example.com:443/cb?next=%2fhome', 'com.example.app:/cb'];
const logout = ['https://app.example.com/bye'];
const origins = ['https://app.example.com', 'http://127.0.0.1:5173'];

inBothModes((scripts) => {
  for (const type of ['Authorization Code', 'Hybrid'] as const) {
    test(`Details of a client of the type ${type}, from the list`, async ({ page, server, visit }) => {
      const name = `Signs in, ${type}, ${scripts ? 'hydrated' : 'plain'}`;
      const urls = { redirect_urls: redirect, logout_redirect_urls: logout, cors_origins: type === 'Hybrid' ? [] : origins };
      const { id } = await storeClient(page.request, server, type, { name, ...urls, description: 'web server' });
      await visit(clientsUrl);
      await select(page, 'Client Type').selectOption({ label: type });
      const form = page.locator('form').filter({ has: select(page, 'Client Type') });
      if (!scripts) await button(form, 'Show').click();
      await link(page, name).click();
      await expect(heading(details(page), name)).toBeVisible();
      for (const fact of [id, '3600 seconds', /Allow Refresh Token\s*No/, /Status\s*Enabled/, /Created\s*By admin/, /Last Used\s*Never/]) {
        await expect(details(page)).toContainText(fact);
      }
      await expect(shownUrls(page, redirectUrls)).toHaveText(redirect);
      await expect(shownUrls(page, logoutUrls)).toHaveText(logout);
      if (type === 'Hybrid') {
        await expect(secretRow(page, 'web server')).toContainText('Never expires');
        await expect(details(page)).not.toContainText(corsOrigins);
      } else {
        await expect(shownUrls(page, corsOrigins)).toHaveText(origins);
        await expect(details(page)).not.toContainText('Secrets');
      }

      // What needs scripts can't be used without them.
      for (const control of [enabledSwitch(page), button(page, 'Remove Client')]) await expect(control).toBeEnabled({ enabled: scripts });
      await link(details(page), 'Hide Details').click();
      await expect(details(page)).toHaveCount(0);
      await expect(link(page, name)).toBeVisible();
      await page.goBack();
      await expect(heading(details(page), name)).toBeVisible();
    });
  }
});
