import type { Page } from '@playwright/test';
import { button } from './support/clients.ts';
import { administrator } from './support/server.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

// Its own server: the wrong passwords count for the address that all workers share.
test.use({ serverOptions: { name: 'sign-in' }, storageState: signedOut });

const refusal = (page: Page) => page.getByRole('alert');

inBothModes(() => {
  test('the right password opens Clients; the cookie is closed to scripts', async ({ page, context }) => {
    await signIn(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Clients', exact: true })).toBeVisible();
    const cookie = (await context.cookies()).find(({ name }) => name === 'clientele_session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', secure: false });
  });

  test('a wrong password and an unknown e-mail get the same message', async ({ page, context, expectFailure }) => {
    expectFailure(400, 401, 403, 422);
    await page.goto('/sign-in');
    await fillSignIn(page, administrator.email, 'not the right password');
    await expect(refusal(page)).toBeVisible();
    const wrongPassword = await refusal(page).innerText();
    await expect(page.getByRole('textbox', { name: 'E-mail', exact: true })).toHaveValue(administrator.email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');

    await fillSignIn(page, 'nobody@example.com', 'not the right password');
    await expect(page.getByRole('textbox', { name: 'E-mail', exact: true })).toHaveValue('nobody@example.com');
    await expect(refusal(page)).toHaveText(wrongPassword);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('clientele_session');
  });

  test('signing out ends the session on the server too', async ({ page, context }) => {
    await signIn(page);
    const kept = await context.cookies();
    await button(page, 'Account').click();
    await expect(page.getByText(administrator.email)).toBeVisible();
    await button(page, 'Sign Out').click();
    await expect(page).toHaveURL(/\/sign-in/);
    await context.addCookies(kept);
    await page.goto('/security/clients');
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('signed out, a page asks to sign in and is then opened', async ({ page }) => {
    await page.goto('/security/clients?filter=pump&sort=-name');
    await expect(page).toHaveURL(/\/sign-in\?return_to=/);
    await fillSignIn(page, administrator.email, administrator.password);
    await expect(page).toHaveURL('/security/clients?filter=pump&sort=-name');
  });

  const outsides = [
    'https://example.com/',
    '//example.com/',
    '/\\example.com',
    'javascript:alert(1)',
    '/.//evil.example',
    '/a/..//evil.example',
    '/./\\evil.example',
  ];
  for (const outside of outsides) {
    test(`return_to ${outside} is not followed`, async ({ page, server }) => {
      await page.goto(`/sign-in?return_to=${encodeURIComponent(outside)}`);
      await fillSignIn(page, administrator.email, administrator.password);
      await expect(page).toHaveURL(`${server.url}/security/clients`);
    });
  }

  test('the start page and Security lead to Clients', async ({ page }) => {
    await signIn(page);
    for (const start of ['/', '/security']) {
      await page.goto(start);
      await expect(page).toHaveURL('/security/clients');
    }
  });
});
