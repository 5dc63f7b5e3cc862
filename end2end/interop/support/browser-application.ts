import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { User, UserManager, UserManagerSettings } from 'oidc-client-ts';
import type { Person } from '../../support/people.ts';
import type { Server } from '../../support/server.ts';
import type { Application } from './application.ts';
import { signInFor } from './sign-in.ts';

const library = new URL('../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url);

/** What every page of the application has. */
declare const manager: UserManager;

/** Makes the application one that runs in the browser alone, by `oidc-client-ts`. */
export async function runInBrowser(
  application: Application,
  origin: string,
  server: Server,
  settings: Partial<UserManagerSettings> & { client_id: string },
): Promise<void> {
  const all: UserManagerSettings = {
    authority: `${server.url}/identity`,
    redirect_uri: `${origin}/callback`,
    silent_redirect_uri: `${origin}/silent`,
    popup_redirect_uri: `${origin}/popup`,
    post_logout_redirect_uri: `${origin}/signed-out`,
    loadUserInfo: true,
    automaticSilentRenew: false,
    ...settings,
  };
  const script = (body: string) => ({ type: 'text/javascript', body });
  application.pages.set('/library.js', script(await readFile(library, 'utf8')));
  application.pages.set('/application.js', script(`const manager = new oidc.UserManager(${JSON.stringify(all)});`));
  const page = (then = '') => ({
    type: 'text/html',
    body: `<!doctype html><html lang="en"><title>Application</title>
      <script src="/library.js"></script><script src="/application.js"></script><script>${then}</script></html>`,
  });
  for (const path of ['/', '/callback', '/signed-out']) application.pages.set(path, page());
  application.pages.set('/silent', page('void manager.signinSilentCallback();'));
  application.pages.set('/popup', page('void manager.signinPopupCallback();'));
}

/** Follows the application to the sign-in page and back. */
export async function signInFromBrowser(page: Page, origin: string, name: string, person: Person): Promise<User> {
  await page.goto(`${origin}/`);
  await page.evaluate(() => void manager.signinRedirect());
  await signInFor(page, name, person);
  await page.waitForURL((url) => url.origin === origin && url.pathname === '/callback');
  return page.evaluate(() => manager.signinRedirectCallback());
}
