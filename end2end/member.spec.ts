// A member who is not a Tenant Administrator sees the list and can change nothing.
import { openAddClient, toCreateSecret } from './support/add-client.ts';
import { button, clientsUrl, createClient, created, details, heading, link, storedTotal, text } from './support/clients.ts';
import { createMember, signIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

test.use({ serverOptions: { name: 'member' } });
test.describe.configure({ mode: 'default' });

const member = { email: 'mia@example.com', password: '' };
test.beforeAll(async ({ server }) => {
  Object.assign(member, await createMember(server, member.email));
  await createClient(server, { name: 'Reservoir level bridge' });
});

inBothModes(() => {
  test.use({ storageState: signedOut });

  test('sees list and Details, and no control that changes anything', async ({ page, visit }) => {
    await signIn(page, member);
    await visit(clientsUrl);
    await link(page, 'Reservoir level bridge').click();
    await expect(heading(details(page), 'Reservoir level bridge')).toBeVisible();
    await expect(button(page, 'Add Client')).toHaveCount(0);

    await visit(`${clientsUrl}?pane=add`);
    await expect(link(page, 'Reservoir level bridge')).toBeVisible();
    await expect(text(page, 'Name')).toHaveCount(0);
    await expect(button(page, 'Next')).toHaveCount(0);
  });
});

test('the server function refuses what it takes from an administrator', async ({ page, newContext, server }) => {
  await openAddClient(page);
  await toCreateSecret(page, { name: 'By an administrator' });
  const save = page.waitForRequest((request) => /By(%20|\+| )an(%20|\+| )administrator/.test(request.postData() ?? ''));
  await button(page, 'Save').click();
  const request = await save;
  await button(created(page), 'Close').click();
  const before = await storedTotal(page);

  const context = await newContext();
  await signIn(await context.newPage(), member);
  const again = {
    data: request.postData()!.replace('administrator', 'nobody'),
    headers: { 'content-type': request.headers()['content-type']!, accept: request.headers()['accept'] ?? '*/*', origin: server.url },
  };
  expect((await context.request.post(request.url(), again)).status()).toBe(403);

  // Neither from another site, nor without a session.
  const foreign = { ...again, headers: { ...again.headers, origin: 'https://example.com', 'sec-fetch-site': 'cross-site' } };
  expect((await page.request.post(request.url(), foreign)).status()).toBe(403);
  await context.clearCookies();
  expect((await context.request.post(request.url(), again)).status()).toBe(401);
  expect(await storedTotal(page)).toBe(before);
});
