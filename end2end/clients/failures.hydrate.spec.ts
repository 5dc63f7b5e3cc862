// The server fails, or the session is over: what failed is said, what was typed stays, and trying again works.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { expectNoFindings } from '../support/axe.ts';
import { button, clientsUrl, createClient, created, field, filterBox, names, text } from '../support/clients.ts';
import { addUrl, openClients, redirectUrls } from '../support/lifecycle.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

const alert = (page: Page) => page.getByRole('alert').filter({ visible: true });

/** Opens Create Secret with something typed in it. */
async function fillBothPanes(page: Page, name: string): Promise<void> {
  await openAddClient(page);
  await toCreateSecret(page, { name });
  await text(page, 'Description').fill('kept');
}

/** Save works in the end, with what was typed. */
async function saveAgain(page: Page, name: string): Promise<void> {
  await expect(text(page, 'Description')).toHaveValue('kept');
  await button(page, 'Save').click();
  await expect(created(page)).toContainText(name);
}

test('a list that could not be loaded comes with Try Again', async ({ page, server, expectFailure }) => {
  expectFailure(500);
  await createClient(server, { name: 'Flow meter' });
  await gotoHydrated(page, clientsUrl);
  await page.route('**/_fn/clients/list', (route) => route.fulfill({ status: 500 }));
  await filterBox(page).fill('Flow meter');
  await expect(alert(page)).toContainText('could not be loaded');
  await expectNoFindings(page, 'a list that could not be loaded');
  await page.unroute('**/_fn/clients/list');
  await button(page, 'Try Again').click();
  await expect(names(page)).toHaveText(['Flow meter']);
  await expect(alert(page)).toHaveCount(0);
});

test('Save that fails is said in a notice', async ({ page, expectFailure }) => {
  expectFailure(500);
  await fillBothPanes(page, 'Saved at last');
  await page.route('**/_fn/clients/add', (route) => route.fulfill({ status: 500 }));
  await button(page, 'Save').click();
  await expect(alert(page)).toContainText("The server doesn't answer. It may have been stored");
  await expect(created(page)).toBeHidden();
  await expectNoFindings(page, 'Create Secret with a notice');
  await page.unroute('**/_fn/clients/add');
  await saveAgain(page, 'Saved at last');
});

test('a session that is over: one signs in in another tab and goes on', async ({ page, context, expectFailure }) => {
  expectFailure(401);
  await fillBothPanes(page, 'Typed for an hour');
  await context.clearCookies();
  await button(page, 'Save').click();
  await expect(alert(page)).toContainText(/sign in.* another tab/i);
  await expectNoFindings(page, 'Create Secret without a session');
  await signIn(await context.newPage());
  await saveAgain(page, 'Typed for an hour');
});

test('what failed is seen, however far the form was scrolled', async ({ page, expectFailure }) => {
  expectFailure(503);
  await page.setViewportSize({ width: 1280, height: 420 });
  await openClients(page, 'Authorization Code');
  await button(page, 'Add Client').click();
  await text(page, 'Name').fill('Far down');
  await addUrl(page, redirectUrls, 'https://app.example.com/cb', '+');
  await field(page, 'Token Lifetime').focus();
  await expect(text(page, 'Name')).not.toBeInViewport();
  await page.route('**/_fn/clients/add', (route) => route.fulfill({ status: 503, json: 'Busy' }));
  await button(page, 'Add').click();
  await expect(alert(page)).toContainText('The server is busy.');
  await expect(alert(page)).toBeInViewport();
});
