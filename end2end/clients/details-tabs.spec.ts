// The tabs of Details are links: what they show is the server's work, and all of it is there with scripts off, too.
import { button, createClient, details, heading, link, query } from '../support/clients.ts';
import { connection, detailsTabs, example, expectOpenTab, languages, openExample, openTab, placeholder, tabUrl } from '../support/details-tabs.ts';
import { clientTypes, clientUrl, storeClient } from '../support/lifecycle.ts';
import { createMember, signIn } from '../support/sign-in.ts';
import { expect, hydrated, inBothModes, signedOut, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'details-tabs' } });

const redirect = "https://app.example.com/it's/cb";

/** What Connection Information tells beside the tenant, and how discovery names it. */
const endpoints = {
  Issuer: 'issuer',
  'Token Endpoint': 'token_endpoint',
  'Authorize Endpoint': 'authorization_endpoint',
  'User Info Endpoint': 'userinfo_endpoint',
  'End Session Endpoint': 'end_session_endpoint',
  'Introspection Endpoint': 'introspection_endpoint',
  JWKS: 'jwks_uri',
};
const left: Record<(typeof clientTypes)[number], string[]> = {
  'Client-Credentials Client': ['Authorize Endpoint', 'User Info Endpoint', 'End Session Endpoint'],
  'Authorization Code': ['Introspection Endpoint'],
  Hybrid: [],
};

inBothModes((scripts) => {
  const mode = scripts ? 'hydrated' : 'plain';

  test('a tab is in the address, for Back, reload and a link', async ({ page, server, visit }) => {
    const client = await createClient(server, { name: `Tabs, ${mode}` });
    await visit(clientUrl('Client-Credentials Client', client));
    await expect(detailsTabs(page).getByRole('link')).toHaveText(['Details', 'Code Examples', 'Connection Information']);
    await expectOpenTab(page, 'Details');
    expect(query(page)).not.toHaveProperty('tab');

    await openTab(page, 'Code Examples');
    await expect.poll(() => query(page)).toMatchObject({ client: client.id, tab: 'code' });
    await expect(details(page).getByText('Token Lifetime')).toBeHidden();
    await openTab(page, 'Connection Information');
    await expect.poll(() => query(page)).toMatchObject({ client: client.id, tab: 'connection' });
    await expect(connection(page, 'Issuer')).toBeVisible();

    await page.goBack();
    await expectOpenTab(page, 'Code Examples');
    await expect(example(page, 'curl')).toBeVisible();
    await page.reload();
    if (scripts) await hydrated(page);
    await expectOpenTab(page, 'Code Examples');
    await expect(heading(details(page), `Tabs, ${mode}`)).toBeVisible();
    await page.goBack();
    await expectOpenTab(page, 'Details');
    await expect(details(page).getByText('Token Lifetime')).toBeVisible();
  });

  for (const type of clientTypes) {
    test(`the tabs of a client of type ${type}`, async ({ page, server, visit }) => {
      const urls = type === 'Client-Credentials Client' ? {} : { redirect_urls: [redirect] };
      const client = await storeClient(page.request, server, type, { name: `Tabs of ${type}, ${mode}`, ...urls });
      await visit(tabUrl(type, client, 'code'));
      await expect(details(page).locator('summary')).toHaveText(languages);
      for (const language of languages) {
        const code = await openExample(page, language);
        await expect(code).toContainText(client.id);
        const text = (await code.textContent())!;
        expect(text).toContain(server.url);
        expect(text.includes(placeholder), `${language} has a place for the secret`).toBe(Boolean(client.secret));
        // Where one is, Copy is for that one alone.
        await expect(button(details(page), 'Copy')).toHaveCount(scripts ? 1 : 0);
      }

      await openTab(page, 'Connection Information');
      const document = `${server.url}/identity/.well-known/openid-configuration`;
      const discovery = (await (await page.request.get(document)).json()) as Record<string, string>;
      await expect(connection(page, 'Discovery')).toHaveText(document);
      await expect(connection(page, 'Tenant Id')).toHaveText(/^[0-9a-f-]{36}$/);
      await expect(connection(page, 'API Base')).toHaveText(`${server.url}/api/v1`);
      for (const [name, key] of Object.entries(endpoints)) {
        if (left[type].includes(name)) await expect(connection(page, name)).toHaveCount(0);
        else await expect(connection(page, name)).toHaveText(discovery[key]!);
      }
    });
  }

  test.describe('a member', () => {
    test.use({ storageState: signedOut });

    test('sees them too', async ({ page, server, visit }) => {
      const client = await createClient(server, { name: `Seen by a member, ${mode}` });
      await signIn(page, await createMember(server, `${mode}@example.com`));
      await visit(tabUrl('Client-Credentials Client', client, 'code'));
      await expect(await openExample(page, 'curl')).toContainText(client.id);
      // A member sees Details at the address of a form, and goes on from there.
      await visit(`${clientUrl('Client-Credentials Client', client)}&pane=edit`);
      await openTab(page, 'Connection Information');
      await expect(connection(page, 'Token Endpoint')).toHaveText(`${server.url}/identity/connect/token`);
    });
  });
});

test('a tab that is not there is the first one', async ({ page, server }) => {
  const client = await createClient(server, { name: 'Mistyped' });
  await page.goto(`${clientUrl('Client-Credentials Client', client)}&tab=nonsense`);
  await expectOpenTab(page, 'Details');
  await expect(link(page, 'Mistyped')).toHaveAttribute('aria-current', 'true');
});
