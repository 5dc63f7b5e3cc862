import { expect, type APIRequestContext, type APIResponse, type Page } from '@playwright/test';
import { button, checkbox, details, field, heading, link, text } from './clients.ts';
import type { Server } from './server.ts';
import { gotoHydrated } from './test.ts';

export const usersUrl = '/security/users';

export interface NewPerson {
  name: string;
  email: string;
  roles?: string[];
}

export interface Person extends NewPerson {
  password: string;
}

/** Asks a server function as the page of whoever holds the session does. */
export const ask = (request: APIRequestContext, server: Server, path: string, data: object): Promise<APIResponse> =>
  request.post(`${server.url}/_fn/${path}`, { data, headers: { origin: server.url } });

/** Somebody who can sign in, made by the command line. */
export async function createPerson(server: Server, { name, email, roles = [] }: NewPerson): Promise<Person> {
  const password = `the password of ${email}`;
  const given = roles.flatMap((role) => ['--role', role]);
  await server.cli(['user', 'create', '--email', email, '--name', name, ...given, '--password-stdin'], `${password}\n`);
  return { name, email, roles, password };
}

/** Somebody without a password, made behind the page's back. */
export async function createInvited(request: APIRequestContext, server: Server, { name, email }: NewPerson): Promise<{ id: string; url: string }> {
  return (await ask(request, server, 'users/invite', { form: { name, email, roles: [] } })).json();
}

export async function openUser(page: Page, name: string): Promise<void> {
  await gotoHydrated(page, usersUrl);
  await link(page, name).click();
  await expect(heading(details(page), name)).toBeVisible();
}

/** The windows that show a link once. */
export const invitation = (page: Page) => page.getByRole('dialog', { name: 'Invitation Successfully Created', exact: true });
export const passwordReset = (page: Page) => page.getByRole('dialog', { name: 'Password Successfully Reset', exact: true });

/** Adds somebody as a person does, all the way to the open window; answers the link. */
export async function invite(page: Page, { name, email, roles = [] }: NewPerson): Promise<string> {
  await gotoHydrated(page, usersUrl);
  await button(page, 'Add User').click();
  await text(page, 'Name').fill(name);
  await text(page, 'E-mail').fill(email);
  for (const role of roles) await checkbox(page, role).check();
  await button(page, 'Add').click();
  await expect(invitation(page)).toBeVisible();
  return text(invitation(page), 'Invitation Link').inputValue();
}

/** What of a link must be found nowhere. */
export const token = (url: string) => new URL(url).searchParams.get('token')!;

export const passwordBox = (page: Page) => field(page, 'Password');

export async function setPassword(page: Page, password: string): Promise<void> {
  await passwordBox(page).fill(password);
  await button(page, 'Set Password').click();
}

/** The page behind a link that doesn't open says so, and takes no password. */
export async function expectDead(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByText('This link was used or is over, or a newer one was made.')).toBeVisible();
  await expect(passwordBox(page)).toHaveCount(0);
}
