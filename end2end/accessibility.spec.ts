// axe on every page, pane and window: both themes, wide and narrow. What is done with a client that is there already, with
// roles and with users has specs of its own.
import { addClient, openAddClient, toCreateSecret } from './support/add-client.ts';
import { authorizeUrl } from './support/authorize.ts';
import { expectNoFindings, expectNoFindingsIn, inEveryLook, sizes } from './support/axe.ts';
import { button, clientsUrl, createClient, created, details, expectMessage, expectNoRows, field, filterBox, heading, inDays, link, question, select, text } from './support/clients.ts';
import { storeClient } from './support/lifecycle.ts';
import { administrator } from './support/server.ts';
import { fillSignIn } from './support/sign-in.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

inEveryLook(({ colorScheme, size, viewport }) => {
  test('Clients: filled, nothing found, empty, Details', async ({ page, server, expectFailure }) => {
    expectFailure(404, 500);
    const { id } = await createClient(server, { name: 'Boiler house gateway', expires: inDays(12) });
    await createClient(server, { name: 'Lab results uploader', expires: 'never', roles: ['Tenant Viewer'] });
    await gotoHydrated(page, clientsUrl);
    await expectNoFindings(page, 'the list');
    await gotoHydrated(page, `${clientsUrl}?client=${id}`);
    await expect(heading(details(page), 'Boiler house gateway')).toBeVisible();
    await expectNoFindings(page, 'Details');
    await gotoHydrated(page, `${clientsUrl}?filter=no+such+client`);
    await expectNoRows(page, 'No client matches.');
    await expectNoFindings(page, 'nothing found');
    await gotoHydrated(page, `${clientsUrl}?type=Hybrid+Client`);
    await expectNoRows(page, /^A hybrid client /);
    await expectNoFindings(page, 'an empty list');
    await gotoHydrated(page, `${clientsUrl}?client=00000000-0000-4000-8000-000000000000`);
    await expect(details(page)).toContainText('There is no client with this id.');
    if (size === 'wide') await button(page, 'Collapse').click();
    await expectNoFindings(page, 'an unknown client');
    await gotoHydrated(page, clientsUrl);
    await page.route('**/_fn/clients/list', (route) => route.fulfill({ status: 500 }));
    await filterBox(page).fill('anything');
    await expect(button(page, 'Try Again')).toBeVisible();
    await expectNoFindings(page, 'a list that could not be loaded');
  });

  test('adding a client, with messages and the question', async ({ page, server }) => {
    await createClient(server, { name: 'Stored before' });
    await openAddClient(page);
    await expectNoFindings(page, 'Add Client');
    await page.getByRole('tab', { name: 'Community Roles', exact: true }).click();
    await expectNoFindings(page, 'Community Roles');
    await field(page, 'Token Lifetime').fill('59');
    await button(page, 'Next').click();
    await expectMessage(text(page, 'Name'));
    await expectNoFindings(page, 'Add Client with messages');
    await field(page, 'Token Lifetime').fill('60');
    await toCreateSecret(page, { name: 'Stored before' });
    await expect(page.getByText(/another client is already named/i)).toBeVisible();
    await expectNoFindings(page, 'Create Secret with a warning');
    await field(page, 'Expiration Date').fill('');
    await button(page, 'Save').click();
    await expectMessage(field(page, 'Expiration Date'));
    await expectNoFindings(page, 'Create Secret with a message');
    await button(page, 'Back').click();
    // At 390 pixels the pane covers what one could leave it for.
    await page.setViewportSize(sizes.wide);
    await select(page, 'Client Type').selectOption({ label: 'Hybrid' });
    await expect(question(page)).toBeVisible();
    await page.setViewportSize(viewport);
    await expectNoFindings(page, 'the question before leaving');
  });

  test('Client Successfully Created', async ({ page }) => {
    await addClient(page, { name: `SCADA export ${colorScheme} ${size}` });
    await expectNoFindings(page, 'the window');
    await button(created(page), 'Test').click();
    await expect(created(page)).toContainText('Bearer');
    await expectNoFindings(page, 'the window with a test answer');
  });

  test('adding an authorization code client', async ({ page }) => {
    const urls = (name: string) => page.getByRole('group', { name, exact: true });
    const add = async (name: string, url: string) => {
      await text(page, name).fill(url);
      await button(urls(name), '+').click();
    };
    await gotoHydrated(page, `${clientsUrl}?type=Authorization+Code+Client&pane=add`);
    await expectNoFindingsIn(page, [
      ['Add Client with messages', async () => {
        await button(page, 'Add').click();
        await expectMessage(text(page, 'Allowed Redirect URL(s)'));
      }],
      ['Add Client with entries', async () => {
        await text(page, 'Name').fill(`Customer portal ${colorScheme} ${size}`);
        await add('Allowed Redirect URL(s)', 'https://portal.example.com/callback');
        await add('Allowed Logout Redirect URL(s)', 'https://portal.example.com/bye');
        await add('Allowed CORS Origin(s)', 'https://portal.example.com');
        await expect(page.getByRole('button', { name: /^Remove https/ })).toHaveCount(3);
      }],
      ['Add Client with an entry that is refused', async () => {
        await add('Allowed Redirect URL(s)', 'http://portal.example.com/callback');
        await expectMessage(text(page, 'Allowed Redirect URL(s)'));
      }],
      ['the window without a secret', async () => {
        await text(page, 'Allowed Redirect URL(s)').fill('');
        await button(page, 'Add').click();
        await expect(created(page)).toBeVisible();
      }],
      ['Details with addresses', async () => {
        await button(created(page), 'Close').click();
        await expect(details(page)).toContainText('https://portal.example.com/bye');
      }],
    ]);
  });

  test('the popovers of the top bar', async ({ page }) => {
    await gotoHydrated(page, clientsUrl);
    for (const name of ['Theme', 'Help', 'Account']) {
      await button(page, name).click();
      await expect(page.locator('[popover]:popover-open')).toBeVisible();
      await expectNoFindings(page, `the popover ${name}`);
      await page.keyboard.press('Escape');
    }
    if (size === 'narrow') {
      await button(page, 'Menu').click();
      await expect(link(page, 'Clients')).toBeVisible();
      await expectNoFindings(page, 'the open menu');
    }
  });

  test('pages of the identity server', async ({ page, newContext, server, expectFailure }) => {
    expectFailure(400);
    const name = `Asks to sign in ${colorScheme} ${size}`;
    const client = await storeClient(page.request, server, 'Authorization Code', { name });
    const other = await (await newContext()).newPage();
    // The page that posts the answer stays, as it does without scripts.
    await other.addInitScript(() => {
      HTMLFormElement.prototype.submit = () => {};
    });
    const expectTitle = (title: string) => expect(other.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    await expectNoFindingsIn(other, [
      ['sign-in with an application that asks', async () => {
        await other.goto(authorizeUrl(client, { response_mode: 'form_post' }));
        await expect(other.getByText(`You go on to ${name} afterwards.`)).toBeVisible();
      }],
      ['the answer that is posted', async () => {
        await fillSignIn(other, administrator.email, administrator.password);
        await expect(button(other, 'Continue')).toBeVisible();
      }],
      ['an unknown application', async () => {
        await other.goto(authorizeUrl({ id: '00000000-0000-4000-8000-000000000000' }));
        await expectTitle("Can't Sign In");
      }],
      ['the question of Sign Out', async () => {
        await other.goto('/identity/connect/endsession');
        await expectTitle('Sign Out');
      }],
      ['signed out', async () => {
        await button(other, 'Sign Out').click();
        await expectTitle('Signed Out');
      }],
    ]);
  });

  test('pages outside the shell', async ({ page, newContext, freshServer, expectFailure }) => {
    expectFailure(404, 422);
    await page.goto('/no-such-page');
    await expectNoFindings(page, 'not found');

    const server = await freshServer({ name: 'axe', withAdministrator: false });
    const [, setup] = await server.printed(/Create the first administrator: (\S+)\s/);
    const other = await (await newContext()).newPage();
    await other.goto(setup!);
    await expectNoFindings(other, 'setup');
    await button(other, 'Create Administrator').click();
    await expectMessage(text(other, 'Name'));
    await expectNoFindings(other, 'setup with messages');
    await other.goto(`${server.url}/sign-in`);
    await expectNoFindings(other, 'sign-in');
    await fillSignIn(other, administrator.email, 'not the right password');
    await expect(other.getByRole('alert')).toBeVisible();
    await expectNoFindings(other, 'sign-in refused');
  });
});
