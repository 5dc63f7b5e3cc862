// A tenant without clients: what they are for, and the way to the first one.
import { button, clientsUrl, heading } from '../support/clients.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

test('Create the first client opens Add Client', async ({ freshServer, newContext }) => {
  const server = await freshServer({ name: 'empty' });
  const page = await (await newContext({ baseURL: server.url })).newPage();
  await signIn(page);
  await gotoHydrated(page, clientsUrl);
  await expect(page.getByText('There is no client-credentials client yet.')).toBeVisible();
  await button(page, 'Create the first client').click();
  await expect(heading(page, 'Add Client')).toBeFocused();
});
