// OpenID Connect RP-Initiated Logout, asked by `openid-client`; the ordinary way is in `openid-client.spec.ts`.
import * as oidc from 'openid-client';
import { button } from '../support/clients.ts';
import { createPerson } from '../support/people.ts';
import { post, test, type Party } from './support/party.ts';
import { expect } from './support/test.ts';

/** Where the person is sent to sign out; the library always says which client sends them. */
const end = ({ config, application }: Party, parameters: Record<string, string>) =>
  oidc.buildEndSessionUrl(config, { post_logout_redirect_uri: `${application.origin()}/signed-out`, ...parameters });

/** Nobody is signed in there any more. */
const expectSignedOut = async (party: Party, page: Parameters<Party['ask']>[0]) => {
  const silent = await party.ask(page, { prompt: 'none' });
  await expect(silent()).rejects.toMatchObject({ error: 'login_required' });
};

test('a request may be posted', async ({ party, visitor, person }) => {
  const { id_token } = await party.signIn(visitor, person);
  const url = end(party, { id_token_hint: id_token!, state: 'posted' });
  await post(visitor, party.application.origin(), url);
  const { url: after } = await party.application.next('/signed-out');
  expect(after.searchParams.get('state')).toBe('posted');
  await expectSignedOut(party, visitor);
});

test('without a hint the person is asked, and then goes where the client lists', async ({ party, visitor, person }) => {
  await party.signIn(visitor, person);
  await visitor.goto(end(party, { state: 'asked' }).href);
  // Until they say so they stay signed in.
  const other = await visitor.context().newPage();
  await (await party.ask(other, { prompt: 'none' }))();
  await button(visitor, 'Sign Out').click();
  const { url } = await party.application.next('/signed-out');
  expect(url.searchParams.get('state')).toBe('asked');
  await expectSignedOut(party, visitor);
});

test('a hint of somebody else ends nothing unasked', async ({ server, party, visitor, newContext, person }) => {
  const other = await createPerson(server, { name: 'Zoe Member', email: 'zoe@example.com' });
  const { id_token } = await party.signIn(await (await newContext()).newPage(), other);
  const { sub } = (await party.signIn(visitor, person)).claims()!;
  await visitor.goto(end(party, { id_token_hint: id_token! }).href);
  await expect(button(visitor, 'Sign Out')).toBeVisible();
  const still = await (await party.ask(visitor, { prompt: 'none' }))();
  expect(still.claims()!.sub).toBe(sub);
});

test('nobody is sent to an address that is not listed', async ({ server, party, visitor, person, startApplication }) => {
  const stranger = await startApplication();
  const { id_token } = await party.signIn(visitor, person);
  const post_logout_redirect_uri = `${stranger.origin('localhost')}/signed-out`;
  await visitor.goto(end(party, { id_token_hint: id_token!, post_logout_redirect_uri }).href);
  expect(new URL(visitor.url()).origin).toBe(server.url);
  await expectSignedOut(party, visitor);
});
