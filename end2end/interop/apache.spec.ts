// A web application that knows nothing of OpenID Connect, behind Debian's Apache with `mod_auth_openidc`, which signs people
// in for it and tells it who they are.
import { storeApplication } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { Apache } from './support/apache.ts';
import { expect, test as base } from './support/test.ts';

type Start = (name: string, settings: string[]) => Promise<Apache>;

const test = base.extend<{ startApache: Start }>({
  startApache: async ({ request, server }, use, testInfo) => {
    const started: Apache[] = [];
    await use(async (name, settings) => {
      const origin = await Apache.place();
      const { id, secret } = await storeApplication(request, server, 'Hybrid', name, origin, {
        redirect_urls: [`${origin}/private/callback`],
        logout_redirect_urls: [`${origin}/signed-out.html`],
      });
      const apache = await Apache.start(origin, { issuer: `${server.url}/identity`, id, secret, settings });
      started.push(apache);
      return apache;
    });
    for (const apache of started) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('apache.log', { body: await apache.log(), contentType: 'text/plain' });
      }
      await apache.stop();
    }
  },
});

const flows = {
  'code with PKCE': ['OIDCResponseType code', 'OIDCPKCEMethod S256', 'OIDCProviderTokenEndpointAuth client_secret_basic'],
  'code id_token by form_post': [
    'OIDCResponseType "code id_token"',
    'OIDCResponseMode form_post',
    'OIDCProviderTokenEndpointAuth client_secret_post',
  ],
};

for (const [flow, settings] of Object.entries(flows)) {
  test(`a web application behind sign-in: ${flow}`, async ({ startApache, visitor, person, expectFailure }) => {
    // Apache has no icon.
    expectFailure(404);
    const name = `Intranet, ${flow}`;
    const { origin } = await startApache(name, settings);
    await visitor.goto(`${origin}/private/index.html`);
    await signInFor(visitor, name, person);
    await expect(visitor).toHaveURL(`${origin}/private/index.html`);
    await expect(visitor.locator('#user')).toHaveText(person.email);
    await expect(visitor.locator('#name')).toHaveText(person.name);
    await expect(visitor.locator('#sub')).toHaveText(/^\s*[0-9a-f-]{36}\s*$/);

    // Its own cookie is gone and so is ours: the next visit asks who it is.
    const signedOut = `${origin}/signed-out.html`;
    await visitor.goto(`${origin}/private/callback?${new URLSearchParams({ logout: signedOut })}`);
    await expect(visitor).toHaveURL((url) => url.href.startsWith(signedOut));
    await visitor.goto(`${origin}/private/index.html`);
    await expect(visitor.locator('#email')).toBeVisible();
  });
}
