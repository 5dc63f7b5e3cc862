import { createRemoteJWKSet, decodeJwt, jwtVerify, type JWTVerifyResult } from 'jose';
import * as oidc from 'openid-client';
import { expect } from '@playwright/test';
import type { Server } from './server.ts';

export interface Credentials {
  id: string;
  secret: string;
}

export const clientAuthentications = {
  client_secret_post: oidc.ClientSecretPost,
  client_secret_basic: oidc.ClientSecretBasic,
};

/** Asks for a token as a customer's program would: discovery, then the grant, by a library that is not ours. */
export async function grant(
  server: Server,
  { id, secret }: Credentials,
  method: keyof typeof clientAuthentications = 'client_secret_post',
): Promise<{ expiresIn?: number; token: JWTVerifyResult }> {
  const issuer = `${server.url}/identity`;
  const config = await oidc.discovery(new URL(issuer), id, undefined, clientAuthentications[method](secret), {
    execute: [oidc.allowInsecureRequests],
  });
  const metadata = config.serverMetadata();
  expect(metadata.token_endpoint_auth_methods_supported).toContain(method);
  const answer = await oidc.clientCredentialsGrant(config);
  expect(answer.token_type.toLowerCase()).toBe('bearer');
  const token = await jwtVerify(answer.access_token, createRemoteJWKSet(new URL(metadata.jwks_uri!)), {
    issuer,
    audience: `${server.url}/api`,
    typ: 'at+jwt',
    algorithms: ['RS256'],
  });
  return { expiresIn: answer.expires_in, token };
}

/** A token as text, as a program holds it, and the tenant that it is of. */
export async function accessToken(server: Server, { id, secret }: Credentials): Promise<{ text: string; tenant: string }> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const answer = await fetch(`${server.url}/identity/connect/token`, { method: 'POST', body });
  expect(answer.status).toBe(200);
  const { access_token: text } = (await answer.json()) as { access_token: string };
  return { text, tenant: decodeJwt(text).tid as string };
}
