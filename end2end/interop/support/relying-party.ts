import type { APIRequestContext, Page } from '@playwright/test';
import * as oidc from 'openid-client';
import { storeClient, type ClientType, type StoredForm } from '../../support/lifecycle.ts';
import type { Person } from '../../support/people.ts';
import type { Server } from '../../support/server.ts';
import type { Credentials } from '../../support/tokens.ts';
import type { Application } from './application.ts';
import { signInFor } from './sign-in.ts';

export type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** Adds the client that an application of this type is, with all that it may be allowed. */
export const storeApplication = (
  request: APIRequestContext,
  server: Server,
  type: ClientType,
  name: string,
  origin: string,
  settings: Partial<StoredForm> = {},
): Promise<Credentials> =>
  storeClient(request, server, type, {
    name,
    allow_refresh_token: true,
    redirect_urls: [`${origin}/callback`],
    logout_redirect_urls: [`${origin}/signed-out`],
    cors_origins: [origin],
    ...settings,
  });

/** What `openid-client` learns by discovery. It also checks the signatures of ID tokens that come straight from us. */
export async function discover(server: Server, { id, secret }: Credentials): Promise<oidc.Configuration> {
  const authentication = secret ? oidc.ClientSecretBasic(secret) : oidc.None();
  return oidc.discovery(new URL(`${server.url}/identity`), id, undefined, authentication, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
}

export interface AuthorizationRequest {
  url: string;
  checks: oidc.AuthorizationCodeGrantChecks;
}

/** An authorization request with everything that the library recommends, and what its answer is checked against. */
export async function authorizationRequest(
  config: oidc.Configuration,
  application: Application,
  parameters: Record<string, string> = {},
): Promise<AuthorizationRequest> {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    idTokenExpected: true,
  };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${application.origin()}/callback`,
    scope: 'openid profile email offline_access',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return { url: url.href, checks };
}

/** The code flow, from the authorization request to the tokens. */
export async function signInByCode(
  config: oidc.Configuration,
  application: Application,
  page: Page,
  name: string,
  person: Person,
): Promise<Tokens> {
  const { url, checks } = await authorizationRequest(config, application);
  await page.goto(url);
  await signInFor(page, name, person);
  const { url: callback } = await application.next('/callback');
  return oidc.authorizationCodeGrant(config, callback, checks);
}
