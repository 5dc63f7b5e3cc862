// Whole flows by `openid-client`, as a server-side application runs them. It checks issuer, audience, signature, state and
// nonce of every answer.
import * as oidc from 'openid-client';
import { createClient } from '../support/clients.ts';
import { clientAuthentications, grant } from '../support/tokens.ts';
import { authorizationRequest, discover, signInByCode, storeApplication } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { expect, test } from './support/test.ts';

const refused = (error: string) => expect.objectContaining({ error });

for (const method of Object.keys(clientAuthentications) as (keyof typeof clientAuthentications)[]) {
  test(`client credentials with ${method}`, async ({ server }) => {
    const credentials = await createClient(server, { name: `Pump station, ${method}`, roles: ['Tenant Viewer'] });
    const { token } = await grant(server, credentials, method);
    expect(token.payload).toMatchObject({ sub: credentials.id, client_id: credentials.id, scope: 'ocsapi' });
    const config = await discover(server, credentials);
    const answer = await oidc.clientCredentialsGrant(config, { scope: 'ocsapi' });
    const introspection = await oidc.tokenIntrospection(config, answer.access_token);
    expect(introspection).toMatchObject({ active: true, client_id: credentials.id, scope: 'ocsapi' });
    await expect(oidc.clientCredentialsGrant(config, { scope: 'openid' })).rejects.toEqual(refused('invalid_scope'));
  });
}

for (const type of ['Authorization Code', 'Hybrid'] as const) {
  test.describe(type, () => {
    test('the code flow, userinfo and refresh', async ({ request, server, application, visitor, person }) => {
      const name = `Reports, ${type}`;
      const credentials = await storeApplication(request, server, type, name, application.origin());
      const config = await discover(server, credentials);
      const tokens = await signInByCode(config, application, visitor, name, person);
      expect(tokens.expires_in).toBe(3600);
      expect(tokens.scope?.split(' ').toSorted()).toEqual(['email', 'offline_access', 'openid', 'profile']);
      const claims = tokens.claims()!;
      expect(claims).toMatchObject({ aud: credentials.id, name: person.name, email: person.email });

      const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
      expect(info).toMatchObject({ name: person.name, email: person.email });

      const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
      expect(renewed.access_token).not.toBe(tokens.access_token);
      expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
      await oidc.fetchUserInfo(config, renewed.access_token, claims.sub);

      // Somebody has the old one too: nobody keeps anything.
      await expect(oidc.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toEqual(refused('invalid_grant'));
      await expect(oidc.refreshTokenGrant(config, renewed.refresh_token!)).rejects.toEqual(refused('invalid_grant'));
      await expect(oidc.fetchUserInfo(config, renewed.access_token, claims.sub)).rejects.toMatchObject({ status: 401 });
    });

    test('revocation and introspection', async ({ request, server, application, visitor, person }) => {
      const name = `Dashboards, ${type}`;
      const credentials = await storeApplication(request, server, type, name, application.origin());
      const config = await discover(server, credentials);
      const tokens = await signInByCode(config, application, visitor, name, person);
      const sub = tokens.claims()!.sub;

      // An API that gets such tokens has a secret of its own.
      const api = await discover(server, await createClient(server, { name: `API of ${name}` }));
      const introspect = () => oidc.tokenIntrospection(api, tokens.access_token);
      expect(await introspect()).toMatchObject({ active: true, sub, client_id: credentials.id });

      await oidc.tokenRevocation(config, tokens.refresh_token!, { token_type_hint: 'refresh_token' });
      await expect(oidc.refreshTokenGrant(config, tokens.refresh_token!)).rejects.toEqual(refused('invalid_grant'));
      expect(await introspect()).toEqual({ active: false });
      await expect(oidc.fetchUserInfo(config, tokens.access_token, sub)).rejects.toMatchObject({ status: 401 });
      // Once more is no error (RFC 7009, section 2.2).
      await oidc.tokenRevocation(config, tokens.refresh_token!);
    });

    test('signing out', async ({ request, server, application, visitor, person }) => {
      const name = `Maps, ${type}`;
      const credentials = await storeApplication(request, server, type, name, application.origin());
      const config = await discover(server, credentials);
      const tokens = await signInByCode(config, application, visitor, name, person);

      const silent = async () => {
        const { url, checks } = await authorizationRequest(config, application, { prompt: 'none' });
        await visitor.goto(url);
        return oidc.authorizationCodeGrant(config, (await application.next('/callback')).url, checks);
      };
      expect((await silent()).claims()!.sub).toBe(tokens.claims()!.sub);

      const end = oidc.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: `${application.origin()}/signed-out`,
        state: 'as it was',
      });
      await visitor.goto(end.href);
      const { url } = await application.next('/signed-out');
      expect([...url.searchParams]).toEqual([['state', 'as it was']]);

      await expect(silent()).rejects.toEqual(refused('login_required'));
    });
  });
}

test.describe('code id_token', () => {
  test('by fragment', async ({ request, server, application, visitor, person }) => {
    const name = 'Alarms by fragment';
    const config = await discover(server, await storeApplication(request, server, 'Hybrid', name, application.origin()));
    oidc.useCodeIdTokenResponseType(config);
    const { url, checks } = await authorizationRequest(config, application);
    await visitor.goto(url);
    await signInFor(visitor, name, person);
    await visitor.waitForURL((url) => url.pathname === '/callback' && url.hash !== '');
    const tokens = await oidc.authorizationCodeGrant(config, new URL(visitor.url()), checks);
    expect(tokens.claims()).toMatchObject({ name: person.name, email: person.email });
  });

  for (const scripts of [true, false]) {
    test(`by form_post, scripts ${scripts ? 'on' : 'off'}`, async ({ request, server, application, newContext, person }) => {
      const name = `Alarms by form, scripts ${scripts ? 'on' : 'off'}`;
      const config = await discover(server, await storeApplication(request, server, 'Hybrid', name, application.origin()));
      oidc.useCodeIdTokenResponseType(config);
      const { url, checks } = await authorizationRequest(config, application, { response_mode: 'form_post' });
      const visitor = await (await newContext({ javaScriptEnabled: scripts })).newPage();
      await visitor.goto(url);
      await signInFor(visitor, name, person);
      if (!scripts) await visitor.getByRole('button').click();
      const { method, url: callback, body } = await application.next('/callback');
      expect(method).toBe('POST');
      expect([...callback.searchParams]).toEqual([]);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const tokens = await oidc.authorizationCodeGrant(config, new Request(callback, { method, headers, body }), checks);
      expect(tokens.claims()).toMatchObject({ name: person.name, email: person.email });
    });
  }

  test('a refusal comes the same way', async ({ request, server, application, visitor }) => {
    const config = await discover(server, await storeApplication(request, server, 'Hybrid', 'Alarms', application.origin()));
    oidc.useCodeIdTokenResponseType(config);
    const silent = { prompt: 'none', response_mode: 'form_post' };
    const { url, checks } = await authorizationRequest(config, application, silent);
    await visitor.goto(url);
    const { method, body } = await application.next('/callback');
    expect(method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      error: 'login_required',
      state: checks.expectedState,
      iss: `${server.url}/identity`,
    });
  });
});
