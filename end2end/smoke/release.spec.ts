// The one file that gets deployed, alone in a folder (CLIENTELE_BIN): does it hold all it needs?
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { addClient } from '../support/add-client.ts';
import { button, clientsUrl, created, details, heading } from '../support/clients.ts';
import { placesHolding } from '../support/secrets.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';
import { grant } from '../support/tokens.ts';

test('it stands alone', async () => {
  expect(process.env.CLIENTELE_BIN, 'CLIENTELE_BIN names the copied file').toBeTruthy();
  const file = path.resolve(process.env.CLIENTELE_BIN!);
  expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
});

test('a client is added and gets a token', async ({ page, server }) => {
  const credentials = await addClient(page, { name: 'Pump station 7', tokenLifetime: '1200', roles: ['Tenant Contributor'] });
  await button(created(page), 'Close').click();
  await expect(heading(details(page), 'Pump station 7')).toBeVisible();
  const { expiresIn, token } = await grant(server, credentials, 'client_secret_basic');
  expect(expiresIn).toBe(1200);
  expect((token.payload.roles as string[]).toSorted()).toEqual(['Tenant Contributor', 'Tenant Member']);
  expect(await placesHolding(page, server, credentials.secret)).toEqual([]);
});

test('script, wasm and styles are kept for good and sent small', async ({ page, request }) => {
  const assets = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/pkg/')) assets.add(pathname);
  });
  await gotoHydrated(page, clientsUrl);
  expect([...assets].map((asset) => path.extname(asset)).toSorted()).toEqual(['.css', '.js', '.wasm']);
  for (const asset of assets) {
    const answer = await request.get(asset, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers()['cache-control'], asset).toContain('immutable');
    expect(answer.headers()['content-encoding'], asset).toBe('br');
    expect(answer.headers()['etag'], asset).toMatch(/^"/);
    const plain = await request.get(asset, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers()['content-encoding'], asset).toBeUndefined();
  }
});

test('it answers the health checks', async ({ request }) => {
  for (const check of ['/health/live', '/health/ready']) expect((await request.get(check)).status()).toBe(200);
});
