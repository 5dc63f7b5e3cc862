// Draws the states in which clients, roles and people are added, changed and removed, and the reference of the API: see
// pictures.spec.ts.
import path from 'node:path';
import type { Page } from '@playwright/test';
import { button, checkbox, clientsUrl, createClient, details, field, heading, link, select, text } from '../support/clients.ts';
import { openExample, openTab } from '../support/details-tabs.ts';
import { storeClient } from '../support/lifecycle.ts';
import { openOperation, operation } from '../support/reference.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';
import { accessToken } from '../support/tokens.ts';

const folder = path.resolve(process.env.PICTURES || 'test-results/pictures');
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

test.use({ serverOptions: { name: 'pictures-lifecycle', tenantName: 'Northwind Water' } });
test.describe.configure({ mode: 'default' });

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    test.describe(`${colorScheme} ${size}`, () => {
      test.use({ colorScheme, viewport });
      const mark = `${size} ${colorScheme}`;
      const drawing = (page: Page) => async (state: string) => {
        await page.screenshot({ path: path.join(folder, `${state}-${size}-${colorScheme}.png`) });
      };

      test('clients', async ({ page, server }) => {
        const draw = drawing(page);
        const name = `Gateway ${mark}`;
        await createClient(server, { name, roles: ['Tenant Contributor'] });
        await gotoHydrated(page, clientsUrl);
        await link(page, name).click();
        await button(page, 'Edit Client').click();
        await expect(checkbox(page, 'Tenant Contributor')).toBeChecked();
        await draw('edit-client');
        await button(page, 'Cancel').click();
        await button(page, 'Add Secret').click();
        await expect(heading(page, 'Add Secret')).toBeFocused();
        await draw('add-secret');
        await text(page, 'Description').fill('gateway, next year');
        await button(page, 'Add').click();
        await expect(button(page, 'Close')).toBeVisible();
        await draw('secret-created');
        await button(page, 'Close').click();
        await page.getByRole('radio', { name: 'gateway, next year' }).check();
        await draw('secret-chosen');
        await button(page, 'Edit Secret').click();
        await expect(heading(page, 'Edit Secret')).toBeFocused();
        await draw('edit-secret');
        await button(page, 'Cancel').click();
        await button(page, 'Remove Secret').click();
        await draw('remove-secret');
        await button(page, 'Cancel').click();
        await page.getByRole('switch').click();
        await draw('disable');
        await button(page, 'Cancel').click();
        await button(page, 'Remove Client').click();
        await draw('remove-client');
      });

      test('an authorization code client', async ({ page }) => {
        const draw = drawing(page);
        await gotoHydrated(page, `${clientsUrl}?type=Authorization+Code+Client&pane=add`);
        await draw('add-authorization-code');
        await text(page, 'Name').fill(`Customer portal ${mark}`);
        const redirect = field(page, 'Allowed Redirect URL(s)').and(page.locator('input'));
        for (const url of ['https://portal.example.com/callback', 'http://localhost:3000/callback']) {
          await redirect.fill(url);
          await redirect.press('Enter');
        }
        await redirect.fill('http://portal.example.com');
        await redirect.press('Enter');
        await draw('add-authorization-code-error');
        await redirect.fill('');
        await button(page, 'Add').click();
        await expect(button(page, 'Close')).toBeVisible();
        await draw('authorization-code-created');
        await button(page, 'Close').click();
        await expect(details(page)).toContainText('http://localhost:3000/callback');
        await draw('authorization-code-details');
        await openTab(page, 'Code Examples');
        await draw('code-examples');
        await openExample(page, 'Python');
        await draw('code-examples-python');
        await openTab(page, 'Connection Information');
        await draw('connection-information');
      });

      test('a hybrid client', async ({ page }) => {
        const draw = drawing(page);
        await gotoHydrated(page, clientsUrl);
        if (size === 'wide') {
          await select(page, 'Client Type').selectOption({ label: 'Hybrid' });
          await button(page, 'Add Client').click();
        } else {
          await gotoHydrated(page, `${clientsUrl}?type=Hybrid+Client&pane=add`);
        }
        await expect(heading(page, 'Add Client')).toBeVisible();
        await draw('add-hybrid');
      });

      test('what applications lead to', async ({ page, server, newContext, administratorState }) => {
        const redirect_uri = 'https://app.example.com/cb';
        const { id } = await storeClient(page.request, server, 'Hybrid', { name: `Intranet ${mark}`, redirect_urls: [redirect_uri] });
        const request = { response_type: 'code id_token', response_mode: 'form_post', client_id: id, redirect_uri, scope: 'openid', nonce: 'n' };
        // With scripts the form would be sent at once.
        const waiting = await (await newContext({ storageState: administratorState, javaScriptEnabled: false })).newPage();
        await waiting.goto(`/identity/connect/authorize?${new URLSearchParams(request)}`);
        await expect(button(waiting, 'Continue')).toBeVisible();
        await drawing(waiting)('form-post');
        await page.goto('/identity/connect/endsession');
        await expect(button(page, 'Sign Out')).toBeVisible();
        await drawing(page)('sign-out');
      });

      test('two people at once', async ({ page, server, context, expectFailure }) => {
        expectFailure(409);
        const draw = drawing(page);
        const { id } = await createClient(server, { name: `Twice ${mark}` });
        await gotoHydrated(page, `${clientsUrl}?client=${id}&pane=edit`);
        await text(page, 'Name').fill(`Mine ${mark}`);
        const other = await context.newPage();
        await gotoHydrated(other, `${clientsUrl}?client=${id}&pane=edit`);
        await text(other, 'Name').fill(`Theirs ${mark}`);
        await button(other, 'Save').click();
        await expect(heading(other, `Theirs ${mark}`)).toBeVisible();
        await other.close();
        await button(page, 'Save').click();
        await expect(page.getByText('Somebody else changed this')).toBeVisible();
        await draw('conflict');
      });

      test('roles', async ({ page, server }) => {
        const draw = drawing(page);
        const client = `Reader ${mark}`;
        await createClient(server, { name: client });
        await gotoHydrated(page, '/security/roles');
        await draw('roles');
        await button(page, 'Add Role').click();
        await text(page, 'Name').fill(`MyData.Role ${mark}`);
        await text(page, 'Description').fill('Reads the data of this exercise');
        await draw('add-role');
        await button(page, 'Add').click();
        await expect(heading(page, `MyData.Role ${mark}`)).toBeVisible();
        await draw('role-details');
        await button(page, 'Manage Identities').click();
        await tab(page, 'Client-Credentials Clients').click();
        await checkbox(page, client).check();
        await draw('manage-identities');
        await button(page, 'Save').click();
        await expect(details(page)).toContainText(client);
        await button(page, 'Remove Role').click();
        await expect(button(page, 'Remove')).toBeEnabled();
        await draw('remove-role');
      });

      test('users', async ({ page, newContext }) => {
        const draw = drawing(page);
        await gotoHydrated(page, '/security/users');
        await draw('users');
        await button(page, 'Add User').click();
        await text(page, 'Name').fill(`Operator ${mark}`);
        await text(page, 'E-mail').fill(`operator.${size}.${colorScheme}@example.com`);
        await draw('add-user');
        await button(page, 'Add').click();
        const box = text(page, 'Invitation Link');
        await expect(box).toBeVisible();
        await draw('invitation');
        const invited = await (await newContext()).newPage();
        await invited.goto(await box.inputValue());
        await drawing(invited)('choose-password');
        await button(page, 'Close').click();
        await expect(heading(page, `Operator ${mark}`)).toBeVisible();
        await draw('user-details');
        await button(page, 'New Invitation Link').click();
        await draw('new-link');
        await button(page, 'Cancel').click();
        await button(page, 'Remove User').click();
        await draw('remove-user');
      });

      test('the reference of the API', async ({ page, server }) => {
        const draw = drawing(page);
        const caller = await createClient(server, { name: `Reference ${mark}`, roles: ['Tenant Administrator'] });
        const { text: token, tenant } = await accessToken(server, caller);
        await page.goto('/api/docs');
        await draw('api-docs');
        await field(page, 'Access token').fill(token);
        await field(page, 'Tenant id').fill(tenant);
        const list = operation(page, 'ListRoles');
        await openOperation(page, 'ListRoles');
        await list.evaluate((element) => element.scrollIntoView());
        await draw('api-operation');
        await button(list, 'Send').click();
        await expect(list.locator('.try pre')).toContainText('total-count');
        await button(list, 'Send').evaluate((element) => element.scrollIntoView());
        await draw('api-answer');
      });
    });
  }
}
