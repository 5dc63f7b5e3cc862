// Draws each state, to be looked at: `npm run pictures`, into the folder that PICTURES names.
import path from 'node:path';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, clientsUrl, createClient, created, details, expectMessage, field, heading, inDays, link, question, select, text, type NewClient } from '../support/clients.ts';
import { createMember, signIn } from '../support/sign-in.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

const folder = path.resolve(process.env.PICTURES || 'test-results/pictures');
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

test.use({ serverOptions: { name: 'pictures', tenantName: 'Northwind Water' } });
test.describe.configure({ mode: 'default' });

const clients: NewClient[] = [
  { name: 'Billing meter import', roles: ['Tenant Contributor'], expires: inDays(400) },
  { name: 'Boiler house gateway', roles: ['Tenant Contributor'], expires: inDays(12.1) },
  { name: 'Control room historian', roles: ['Tenant Data Steward'], expires: inDays(245) },
  { name: 'Dosing pump 4', expires: inDays(1.1) },
  { name: 'Lab results uploader', roles: ['Tenant Viewer'], expires: 'never' },
  { name: 'Pump station 3', roles: ['Tenant Contributor'], tokenLifetime: 900 },
  { name: 'Reservoir level bridge', roles: ['Tenant Viewer', 'Tenant Data Steward'], expires: inDays(155) },
  { name: 'SCADA export', roles: ['Tenant Data Steward'], expires: inDays(95) },
  { name: 'Turbidity alarm relay', roles: ['Tenant Administrator'], expires: inDays(29) },
  { name: 'Weather feed', expires: inDays(60) },
];
const member = { email: 'mia.member@example.com', password: '' };

test.beforeAll(async ({ server }) => {
  Object.assign(member, await createMember(server, member.email));
  for (const client of clients) await createClient(server, client);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test.describe(`${colorScheme} ${size}`, () => {
      test.use({ colorScheme, viewport });

      test('portal', async ({ page, expectFailure }) => {
        expectFailure(404);
        const draw = (state: string) => page.screenshot({ path: path.join(folder, `${state}-${size}-${colorScheme}.png`) });
        await gotoHydrated(page, clientsUrl);
        await draw('list');
        for (const name of ['Theme', 'Help', 'Account']) {
          await button(page, name).click();
          await draw(`popover-${name.toLowerCase()}`);
          await page.keyboard.press('Escape');
        }
        if (size === 'narrow') {
          await button(page, 'Menu').click();
          await draw('menu');
        } else {
          await button(page, 'Collapse').click();
          await expect(button(page, 'Expand')).toBeVisible();
          await draw('collapsed');
          await button(page, 'Expand').click();
        }
        await gotoHydrated(page, clientsUrl);
        await link(page, 'Boiler house gateway').click();
        await expect(heading(details(page), 'Boiler house gateway')).toBeVisible();
        await draw('details');
        await gotoHydrated(page, `${clientsUrl}?filter=no+such+client`);
        await draw('nothing-found');
        await gotoHydrated(page, `${clientsUrl}?type=Hybrid+Client`);
        await draw('empty-list');
        await page.goto('/no-such-page');
        await draw('not-found');

        await openAddClient(page);
        await draw('add-client');
        await page.getByRole('tab', { name: 'Community Roles', exact: true }).click();
        await draw('community-roles');
        await page.getByRole('tab', { name: 'Tenant Roles', exact: true }).click();
        await text(page, 'Name').fill('Pump station 7');
        await field(page, 'Token Lifetime').fill('59');
        await button(page, 'Next').click();
        await expectMessage(field(page, 'Token Lifetime'));
        await draw('add-client-error');
        await page.setViewportSize(sizes.wide);
        await select(page, 'Client Type').selectOption({ label: 'Hybrid' });
        await expect(question(page)).toBeVisible();
        await page.setViewportSize(viewport);
        await draw('discard');
        await button(question(page), 'Keep Editing').click();
        await toCreateSecret(page, { name: 'Pump station 7', tokenLifetime: '1200', roles: ['Tenant Contributor'] });
        await text(page, 'Description').fill('first secret');
        await draw('create-secret');
        await button(page, 'Save').click();
        await expect(created(page)).toBeVisible();
        await button(created(page), 'Copy').nth(1).click();
        await expect(created(page).getByText('Copied')).toBeVisible();
        await draw('created');
        await button(created(page), 'Test').click();
        await expect(created(page)).toContainText('Bearer');
        await draw('created-tested');
      });

      test('sign-in and member', async ({ newContext }) => {
        const page = await (await newContext()).newPage();
        const draw = (state: string) => page.screenshot({ path: path.join(folder, `${state}-${size}-${colorScheme}.png`) });
        await page.goto('/sign-in');
        await draw('sign-in');
        await signIn(page, member);
        await gotoHydrated(page, clientsUrl);
        await draw('member');
      });
    });
  }
}
