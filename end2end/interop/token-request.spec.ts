// What a code and a refresh token are good for (OpenID Connect Core, sections 3.1.3.2 and 12.1), tried by `openid-client`.
import * as oidc from 'openid-client';
import { test, type Party } from './support/party.ts';
import { discover, storeApplication, authorizationRequest } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { expect } from './support/test.ts';

const refused = (error: string) => expect.objectContaining({ error });

/** A person signs in; the code is not redeemed yet. */
async function codeFor(
  party: Party,
  page: Parameters<Party['ask']>[0],
  person: Parameters<Party['signIn']>[1],
): Promise<{ callback: URL; checks: oidc.AuthorizationCodeGrantChecks }> {
  const { url, checks } = await authorizationRequest(party.config, party.application);
  await page.goto(url);
  await signInFor(page, party.name, person);
  return { callback: (await party.application.next('/callback')).url, checks };
}

test('a code is good once, and its second use ends what came of the first', async ({ party, visitor, person }) => {
  const { callback, checks } = await codeFor(party, visitor, person);
  const redeem = () => oidc.authorizationCodeGrant(party.config, callback, checks);
  const tokens = await redeem();
  const userinfo = () => oidc.fetchUserInfo(party.config, tokens.access_token, tokens.claims()!.sub);
  await userinfo();
  await expect(redeem()).rejects.toEqual(refused('invalid_grant'));
  await expect(userinfo()).rejects.toMatchObject({ status: 401 });
  await expect(oidc.refreshTokenGrant(party.config, tokens.refresh_token!)).rejects.toEqual(refused('invalid_grant'));
});

test('another verifier is refused, and the code stays good for the right one', async ({ party, visitor, person }) => {
  const { callback, checks } = await codeFor(party, visitor, person);
  const other = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  await expect(oidc.authorizationCodeGrant(party.config, callback, other)).rejects.toEqual(refused('invalid_grant'));
  expect((await oidc.authorizationCodeGrant(party.config, callback, checks)).claims()!.name).toBe(person.name);
});

test('another redirect URI is refused', async ({ party, visitor, person }) => {
  const { callback, checks } = await codeFor(party, visitor, person);
  // The library takes it from the address that it was called at.
  const elsewhere = new URL(callback);
  elsewhere.pathname = '/elsewhere';
  await expect(oidc.authorizationCodeGrant(party.config, elsewhere, checks)).rejects.toEqual(refused('invalid_grant'));
});

test('a code and a refresh token are of no use to another client', async ({ request, server, party, visitor, person }) => {
  const name = 'Somebody else';
  const origin = party.application.origin();
  const other = await discover(server, await storeApplication(request, server, 'Authorization Code', name, origin));
  const { callback, checks } = await codeFor(party, visitor, person);
  await expect(oidc.authorizationCodeGrant(other, callback, checks)).rejects.toEqual(refused('invalid_grant'));
  const tokens = await oidc.authorizationCodeGrant(party.config, callback, checks);
  await expect(oidc.refreshTokenGrant(other, tokens.refresh_token!)).rejects.toEqual(refused('invalid_grant'));
  await oidc.refreshTokenGrant(party.config, tokens.refresh_token!);
});

test('without Allow Refresh Token there is none', async ({ request, server, application, party, visitor, person }) => {
  const name = 'Without refresh';
  const settings = { allow_refresh_token: false };
  const origin = application.origin();
  const client = await storeApplication(request, server, 'Authorization Code', name, origin, settings);
  const config = await discover(server, client);
  const { callback, checks } = await codeFor({ ...party, name, config }, visitor, person);
  const tokens = await oidc.authorizationCodeGrant(config, callback, checks);
  expect(tokens.refresh_token).toBeUndefined();
  expect(tokens.scope?.split(' ').toSorted()).toEqual(['email', 'openid', 'profile']);
});
