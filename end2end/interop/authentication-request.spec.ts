// What an authentication request may say (OpenID Connect Core, section 3.1.2.1), asked by `openid-client`.
import * as oidc from 'openid-client';
import { createPerson } from '../support/people.ts';
import { laterThan, post, test } from './support/party.ts';
import { authorizationRequest } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { expect } from './support/test.ts';

const refused = (error: string) => expect.objectContaining({ error });

test('whoever is signed in is not asked again', async ({ party, visitor, person }) => {
  const first = await party.signIn(visitor, person);
  const again = await (await party.ask(visitor))();
  expect(again.claims()!.sub).toBe(first.claims()!.sub);
  expect(again.claims()!.auth_time).toBe(first.claims()!.auth_time);
});

test('prompt=login asks again', async ({ party, visitor, person }) => {
  const first = (await party.signIn(visitor, person)).claims()!;
  await laterThan(first.auth_time!);
  const again = (await party.signIn(visitor, person, { prompt: 'login' })).claims()!;
  expect(again.sub).toBe(first.sub);
  expect(again.auth_time).toBeGreaterThan(first.auth_time!);
});

test('max_age asks again when it is over', async ({ party, visitor, person }) => {
  const first = (await party.signIn(visitor, person)).claims()!;
  const within = await party.ask(visitor, { max_age: '10000' });
  expect((await within({ maxAge: 10_000 })).claims()!.auth_time).toBe(first.auth_time);

  // `auth_time` is a whole second, which the moment itself may lie behind.
  await laterThan(first.auth_time! + 3);
  const over = await party.ask(visitor, { max_age: '2' });
  await signInFor(visitor, party.name, person);
  expect((await over({ maxAge: 2 })).claims()!.auth_time).toBeGreaterThan(first.auth_time!);
});

test('prompt=none without a session is refused', async ({ party, visitor }) => {
  const redeem = await party.ask(visitor, { prompt: 'none' });
  await expect(redeem()).rejects.toEqual(refused('login_required'));
});

test('login_hint fills in who it is', async ({ party, visitor, person }) => {
  await party.ask(visitor, { login_hint: person.email });
  await expect(visitor.locator('#email')).toHaveValue(person.email);
});

test('id_token_hint tells whose session is wanted', async ({ server, party, visitor, newContext, person }) => {
  const other = await createPerson(server, { name: 'Max Member', email: 'max@example.com' });
  const theirs = await party.signIn(await (await newContext()).newPage(), other);
  const ours = await party.signIn(visitor, person);
  const silently = (tokens: { id_token?: string }) =>
    party.ask(visitor, { prompt: 'none', id_token_hint: tokens.id_token! });
  expect((await (await silently(ours))()).claims()!.sub).toBe(ours.claims()!.sub);
  await expect((await silently(theirs))()).rejects.toEqual(refused('login_required'));
});

test('what we do not know is no reason to refuse', async ({ party, visitor, person }) => {
  const tokens = await party.signIn(visitor, person, {
    display: 'popup',
    ui_locales: 'pt-PT en',
    claims_locales: 'pt',
    acr_values: 'urn:example:gold',
    claims: '{"userinfo":{"nickname":null}}',
    extra: 'foobar',
  });
  expect(tokens.claims()).toMatchObject({ name: person.name });
});

test('a request may be posted', async ({ party, visitor, person }) => {
  const { url, checks } = await authorizationRequest(party.config, party.application);
  await post(visitor, party.application.origin(), new URL(url));
  await signInFor(visitor, party.name, person);
  const callback = await party.application.next('/callback');
  const tokens = await oidc.authorizationCodeGrant(party.config, callback.url, checks);
  expect(tokens.claims()).toMatchObject({ name: person.name });
});

test('a code comes by form_post too', async ({ party, visitor, person }) => {
  await party.ask(visitor, { response_mode: 'form_post' });
  await signInFor(visitor, party.name, person);
  const { method, url, body } = await party.application.next('/callback');
  expect(method).toBe('POST');
  expect([...url.searchParams]).toEqual([]);
  expect([...new URLSearchParams(body).keys()]).toEqual(expect.arrayContaining(['code', 'state', 'iss']));
});

for (const [parameter, error] of [
  ['request', 'request_not_supported'],
  ['request_uri', 'request_uri_not_supported'],
] as const) {
  test(`${parameter} is refused`, async ({ party, visitor }) => {
    const redeem = await party.ask(visitor, { [parameter]: 'https://app.example.com/request.jwt' });
    await expect(redeem()).rejects.toEqual(refused(error));
  });
}

test('without response_type it is refused', async ({ party, visitor }) => {
  const { url, checks } = await authorizationRequest(party.config, party.application);
  const without = new URL(url);
  without.searchParams.delete('response_type');
  await visitor.goto(without.href);
  const callback = await party.application.next('/callback');
  const answer = oidc.authorizationCodeGrant(party.config, callback.url, checks);
  await expect(answer).rejects.toEqual(refused('invalid_request'));
});

test('without openid there is no ID token', async ({ party, visitor, person }) => {
  const redeem = await party.ask(visitor, { scope: 'ocsapi' });
  await signInFor(visitor, party.name, person);
  const tokens = await redeem({ idTokenExpected: false, expectedNonce: undefined });
  expect(tokens.id_token).toBeUndefined();
  expect(tokens.scope).toBe('ocsapi');
});

test('without a nonce the ID token has none', async ({ party, visitor, person }) => {
  const { url, checks } = await authorizationRequest(party.config, party.application);
  const without = new URL(url);
  without.searchParams.delete('nonce');
  await visitor.goto(without.href);
  await signInFor(visitor, party.name, person);
  const callback = await party.application.next('/callback');
  // The library refuses a nonce that it didn't send.
  const tokens = await oidc.authorizationCodeGrant(party.config, callback.url, { ...checks, expectedNonce: undefined });
  expect(tokens.claims()).toMatchObject({ name: person.name });
});

test('each scope brings its claims and no others', async ({ party, visitor, person }) => {
  const tokens = await party.signIn(visitor, person, { scope: 'openid email' });
  const claims = tokens.claims()!;
  expect(claims.email).toBe(person.email);
  expect(claims.name).toBeUndefined();
  const info = await oidc.fetchUserInfo(party.config, tokens.access_token, claims.sub);
  expect(info.email).toBe(person.email);
  expect(info.name).toBeUndefined();
});

test('nobody is sent to an address that is not registered', async ({ server, party, visitor, startApplication, expectFailure }) => {
  expectFailure(400);
  const stranger = await startApplication();
  for (const redirect_uri of [`${stranger.origin('localhost')}/callback`, `${party.application.origin()}/callback/`]) {
    await party.ask(visitor, { redirect_uri });
    expect(new URL(visitor.url()).origin).toBe(server.url);
    await expect(visitor.locator('#password')).toHaveCount(0);
  }
});

test('userinfo may be asked by POST', async ({ party, visitor, person }) => {
  const tokens = await party.signIn(visitor, person);
  const { userinfo_endpoint } = party.config.serverMetadata();
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const answer = await fetch(userinfo_endpoint!, { method: 'POST', headers });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ sub: tokens.claims()!.sub, name: person.name });
});
