// The reference of the REST API: read without scripts, tried with one that sends nothing but what was typed.
import { expectNoFindingsIn, inEveryLook } from './support/axe.ts';
import { button, createClient, field, heading } from './support/clients.ts';
import { openOperation, operation } from './support/reference.ts';
import { expect, signedOut, test } from './support/test.ts';
import { accessToken } from './support/tokens.ts';

test.use({ storageState: signedOut });

inEveryLook(() => {
  test('axe on the reference of the API', async ({ page }) => {
    await expectNoFindingsIn(page, [
      ['the list of operations', async () => {
        await page.goto('/api/docs');
        await expect(heading(page, 'Roles')).toBeVisible();
      }],
      ['an operation', () => openOperation(page, 'UpdateRole')],
    ]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(overflow, 'nothing stands beside the page').toBe(false);
  });
});

test('a role is made by the page with the token that was typed', async ({ page, server, expectFailure }) => {
  expectFailure(401);
  const { text, tenant } = await accessToken(
    server,
    await createClient(server, { name: 'Reference', roles: ['Tenant Administrator'] }),
  );
  await page.goto('/api/docs');
  await field(page, 'Tenant id').fill(tenant);
  const create = operation(page, 'CreateRole');
  await openOperation(page, 'CreateRole');
  await button(create, 'Send').click();
  await expect(create.getByRole('status')).toHaveText(/^401/);
  await field(page, 'Access token').fill(text);
  await field(create, 'Body').fill('{"Name": "Made by the page"}');
  await button(create, 'Send').click();
  await expect(create.getByRole('status')).toHaveText(/^201/);
  await expect(create.locator('.try pre')).toContainText('"Name": "Made by the page"');

  const list = operation(page, 'ListRoles');
  await openOperation(page, 'ListRoles');
  await field(list, 'query').fill('made by the');
  await button(list, 'Send').click();
  await expect(list.locator('.try pre')).toContainText('total-count: 1');
});

test.describe('scripts off', () => {
  test.use({ javaScriptEnabled: false });

  test('the reference is read', async ({ page }) => {
    await page.goto('/api/docs');
    await openOperation(page, 'UpdateRole');
    const update = operation(page, 'UpdateRole');
    await expect(update).toContainText('PUT /api/v1/Tenants/{tenantId}/Roles/{roleId} Changes a role.');
    await expect(update).toContainText('The object is not in the version that If-Match names.');
    await expect(button(update, 'Send')).toBeHidden();
  });
});
