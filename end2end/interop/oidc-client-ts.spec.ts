// Whole flows by `oidc-client-ts`, as an application without a server runs them in Chromium. At `localhost` it is on another
// site than the issuer at `127.0.0.1`, at `127.0.0.1` on the same one; its origin is another one in both cases.
import type { APIRequestContext, Page } from '@playwright/test';
import type { ErrorResponse, UserManager } from 'oidc-client-ts';
import type { Server } from '../support/server.ts';
import type { Application } from './support/application.ts';
import { runInBrowser, signInFromBrowser } from './support/browser-application.ts';
import { storeApplication } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { expect, test } from './support/test.ts';

declare const manager: UserManager;

const withRefreshToken = 'openid profile email offline_access';
const withoutRefreshToken = 'openid profile email';

/** Stores a client and makes the application run as it. */
async function start(
  request: APIRequestContext,
  server: Server,
  application: Application,
  { name, host, ...settings }: { name: string; host: '127.0.0.1' | 'localhost'; scope: string; monitorSession?: boolean },
): Promise<{ origin: string; id: string }> {
  const origin = application.origin(host);
  const redirects = { redirect_urls: ['callback', 'silent', 'popup'].map((path) => `${origin}/${path}`) };
  const { id } = await storeApplication(request, server, 'Authorization Code', name, origin, redirects);
  await runInBrowser(application, origin, server, { client_id: id, checkSessionIntervalInSeconds: 1, ...settings });
  return { origin, id };
}

test('signs in, renews by refresh token and signs out, on another site', async ({
  request,
  server,
  application,
  visitor,
  person,
}) => {
  const name = 'Control room';
  const { origin } = await start(request, server, application, { name, host: 'localhost', scope: withRefreshToken });
  const user = await signInFromBrowser(visitor, origin, name, person);
  expect(user.profile).toMatchObject({ name: person.name, email: person.email });

  const token = `${server.url}/identity/connect/token`;
  const asked = visitor.waitForRequest((sent) => sent.url() === token && sent.method() === 'POST');
  const renewed = (await visitor.evaluate(() => manager.signinSilent()))!;
  expect((await asked).postData()).toContain('grant_type=refresh_token');
  expect(renewed.profile.sub).toBe(user.profile.sub);
  expect(renewed.access_token).not.toBe(user.access_token);
  expect(renewed.refresh_token).not.toBe(user.refresh_token);

  await visitor.evaluate(() => void manager.signoutRedirect({ state: 'from the menu' }));
  await visitor.waitForURL((url) => url.origin === origin && url.pathname === '/signed-out');
  const answer = await visitor.evaluate(() => manager.signoutRedirectCallback());
  expect(answer.userState).toBe('from the menu');
  await visitor.evaluate(() => void manager.signinRedirect());
  await expect(visitor.locator('#email')).toBeVisible();
});

// The window must stay the application's through every redirect, or the library takes it for closed.
test('signs in in a window of its own, on another site', async ({ request, server, application, visitor, person }) => {
  const name = 'Pocket guide';
  const { origin } = await start(request, server, application, { name, host: 'localhost', scope: withoutRefreshToken });
  await visitor.goto(`${origin}/`);
  const opened = visitor.waitForEvent('popup');
  const [user] = await Promise.all([
    visitor.evaluate(() => manager.signinPopup()),
    opened.then((popup) => signInFor(popup, name, person)),
  ]);
  expect(user.profile).toMatchObject({ name: person.name, email: person.email });
});

test('revokes its tokens, on another site', async ({ request, server, application, visitor, person, expectFailure }) => {
  expectFailure(401);
  const name = 'Control room, revoking';
  const { origin } = await start(request, server, application, { name, host: 'localhost', scope: withRefreshToken });
  const { access_token } = await signInFromBrowser(visitor, origin, name, person);
  const userinfo = () => ask(visitor, `${server.url}/identity/connect/userinfo`, bearer(access_token));
  expect(await userinfo()).toBe(200);
  await visitor.evaluate(() => manager.revokeTokens(['refresh_token']));
  expect(await userinfo()).toBe(401);
});

test('renews in a frame, on the same site', async ({ request, server, application, visitor, person }) => {
  const name = 'Wall display';
  const { origin } = await start(request, server, application, { name, host: '127.0.0.1', scope: withoutRefreshToken });
  const user = await signInFromBrowser(visitor, origin, name, person);
  expect(user.refresh_token).toBeFalsy();
  const renewed = (await visitor.evaluate(() => manager.signinSilent()))!;
  expect(renewed.profile.sub).toBe(user.profile.sub);
  expect(renewed.access_token).not.toBe(user.access_token);
});

test('learns that a frame on another site has no cookies', async ({ request, server, application, visitor, person }) => {
  const name = 'Wall display elsewhere';
  const { origin } = await start(request, server, application, { name, host: 'localhost', scope: withoutRefreshToken });
  await signInFromBrowser(visitor, origin, name, person);
  const outcome = await visitor.evaluate(() =>
    manager.signinSilent().then(
      () => 'renewed',
      (error: ErrorResponse) => error.error,
    ),
  );
  expect(outcome).toBe('login_required');
});

test('learns by the session frame that the person signed out', async ({ request, server, application, visitor, person }) => {
  const name = 'Shift log';
  const settings = { name, host: '127.0.0.1', scope: withoutRefreshToken, monitorSession: true } as const;
  const { origin } = await start(request, server, application, settings);
  await signInFromBrowser(visitor, origin, name, person);
  const said = await visitor.evaluate(
    (issuer) =>
      new Promise((resolve) => {
        addEventListener('message', ({ origin, data }) => {
          if (origin === issuer) resolve(data);
        });
      }),
    server.url,
  );
  expect(said).toBe('unchanged');
  await visitor.evaluate(() => void manager.events.addUserSignedOut(() => void (document.title = 'Signed out')));
  await visitor.context().request.post(`${server.url}/sign-out`, { headers: { origin: server.url } });
  await expect(visitor).toHaveTitle('Signed out');
});

// Here refusals are what is wanted, and browsers print them as errors: the pages are not watched.
test('only listed origins may call, never with cookies', async ({ request, server, application, startApplication, browser }) => {
  const name = 'Listed';
  const { origin, id } = await start(request, server, application, { name, host: 'localhost', scope: withRefreshToken });
  const context = await browser.newContext();
  const listed = await context.newPage();
  await listed.goto(origin);
  const unlisted = await context.newPage();
  await unlisted.goto((await startApplication()).origin('localhost'));

  const endpoint = (path: string) => `${server.url}/identity/${path}`;
  const form = (body: string) => ({ method: 'POST', body: new URLSearchParams(body).toString(), headers: formHeaders });
  const requests: [string, Init, number][] = [
    [endpoint('connect/token'), form(`grant_type=refresh_token&refresh_token=unknown&client_id=${id}`), 400],
    [endpoint('connect/userinfo'), bearer('unknown'), 401],
    [endpoint('connect/revocation'), form(`token=unknown&client_id=${id}`), 200],
  ];
  for (const [url, init, status] of requests) {
    expect(await ask(listed, url, init), `${url} from a listed origin`).toBe(status);
    expect(await ask(listed, url, { ...init, credentials: 'include' }), `${url} with cookies`).toBe('refused');
    expect(await ask(unlisted, url, init), `${url} from another origin`).toBe('refused');
  }
  const introspection = form(`token=unknown&client_id=${id}`);
  expect(await ask(listed, endpoint('connect/introspect'), introspection)).toBe('refused');
  for (const document of ['.well-known/openid-configuration', '.well-known/openid-configuration/jwks']) {
    expect(await ask(unlisted, endpoint(document), {}), document).toBe(200);
  }
  await context.close();
});

interface Init {
  method?: string;
  body?: string;
  headers?: Record<string, string>;
  credentials?: 'include';
}

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' };
const bearer = (token: string): Init => ({ headers: { authorization: `Bearer ${token}` } });

/** The status of an answer that the page may read, or that it may read none. */
const ask = (page: Page, url: string, init: Init): Promise<number | 'refused'> =>
  page.evaluate(
    ({ url, init }) =>
      fetch(url, init).then(
        (answer) => answer.status,
        () => 'refused' as const,
      ),
    { url, init },
  );
