// The first start without an administrator prints a link that makes one, once.
import { button, text } from './support/clients.ts';
import { administrator } from './support/server.ts';
import { fillSetup } from './support/setup.ts';
import { fillSignIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

test.use({ storageState: signedOut });

inBothModes(() => {
  test('the link creates the first administrator, once', async ({ page, context, freshServer, expectFailure }) => {
    expectFailure(400, 403, 404, 410, 422);
    const server = await freshServer({ name: 'setup', withAdministrator: false });
    const [, setup] = await server.printed(/Create the first administrator: (\S+)\s/);
    expect(setup).toMatch(new RegExp(`^${server.url}/setup\\?token=.{20,}$`));

    await page.goto(`${server.url}/setup?token=wrong`);
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);

    await page.goto(setup!);
    await fillSetup(page, { ...administrator, password: 'too short' });
    await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(text(page, 'Name')).toHaveValue('Ada Administrator');
    await expect(text(page, 'E-mail')).toHaveValue(administrator.email);
    await fillSetup(page, administrator);
    // Signed in at once, or sent to the sign-in page.
    await expect(page).toHaveURL(/\/(security\/clients|sign-in)/);
    if (page.url().includes('/sign-in')) await fillSignIn(page, administrator.email, administrator.password);
    await expect(button(page, 'Add Client')).toBeVisible();

    await context.clearCookies();
    await page.goto(setup!);
    await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
    expect(server.log).not.toContain(administrator.password);
  });
});
