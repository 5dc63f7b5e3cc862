import * as oidc from 'openid-client';
import { expect, type Page } from '@playwright/test';
import type { Person } from '../../support/people.ts';
import type { Application } from './application.ts';
import { authorizationRequest, discover, storeApplication, type Tokens } from './relying-party.ts';
import { signInFor } from './sign-in.ts';
import { test as base } from './test.ts';

/** An authorization-code client by `openid-client`, whose requests one test varies. */
export interface Party {
  name: string;
  config: oidc.Configuration;
  application: Application;
  /** Sends the page to us with a request; answers how its answer becomes tokens. */
  ask: (page: Page, parameters?: Record<string, string>) => Promise<Redeem>;
  /** The same, for a person who has to sign in. */
  signIn: (page: Page, person: Person, parameters?: Record<string, string>) => Promise<Tokens>;
}

/** Waits until the application is called back, and redeems the code. */
export type Redeem = (checks?: oidc.AuthorizationCodeGrantChecks) => Promise<Tokens>;

export const test = base.extend<{ party: Party }>({
  party: async ({ request, server, application }, use, testInfo) => {
    const name = `Stock: ${testInfo.title}`;
    const credentials = await storeApplication(request, server, 'Authorization Code', name, application.origin());
    const config = await discover(server, credentials);
    const ask: Party['ask'] = async (page, parameters) => {
      const { url, checks } = await authorizationRequest(config, application, parameters);
      await page.goto(url);
      return async (more) => {
        const callback = await application.next('/callback');
        return oidc.authorizationCodeGrant(config, callback.url, { ...checks, ...more });
      };
    };
    const signIn: Party['signIn'] = async (page, person, parameters) => {
      const redeem = await ask(page, parameters);
      await signInFor(page, name, person);
      return redeem();
    };
    await use({ name, config, application, ask, signIn });
  },
});

/** Waits until the clock shows a later second than this one. */
export const laterThan = (second: number): Promise<void> =>
  expect.poll(() => Math.floor(Date.now() / 1000), 'a later second').toBeGreaterThan(second);

/** Sends a form from the application's page, as one that posts its requests does. */
export async function post(page: Page, from: string, url: URL): Promise<void> {
  await page.goto(from);
  await page.evaluate(
    ({ action, fields }) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of fields) form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    },
    { action: url.origin + url.pathname, fields: [...url.searchParams] },
  );
}
