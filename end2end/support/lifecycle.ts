// What the specs need that follow a client of any type from its first URL to its removal.
import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test';
import { button, clientsUrl, details, heading, link, select, text } from './clients.ts';
import { ask } from './people.ts';
import type { Server } from './server.ts';
import { gotoHydrated } from './test.ts';
import { grant, type Credentials } from './tokens.ts';

/** The options of Client Type, as they are named in the address and on the wire. */
const types = {
  'Client-Credentials Client': { value: 'Client-Credentials', kind: 'ClientCredentials' },
  'Authorization Code': { value: 'Authorization Code Client', kind: 'AuthorizationCode' },
  Hybrid: { value: 'Hybrid Client', kind: 'Hybrid' },
} as const;

export type ClientType = keyof typeof types;
export const clientTypes = Object.keys(types) as ClientType[];

/** The three lists of URLs. */
export const redirectUrls = 'Allowed Redirect URL(s)';
export const logoutUrls = 'Allowed Logout Redirect URL(s)';
export const corsOrigins = 'Allowed CORS Origin(s)';

/** The first two steps of every procedure: the left pane, Security > Clients, and Client Type. */
export async function openClients(page: Page, type: ClientType): Promise<void> {
  await gotoHydrated(page, '/');
  const leftPane = page.getByRole('navigation', { name: 'Main', exact: true });
  await link(leftPane, 'Security').click();
  await link(leftPane, 'Clients').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Clients', exact: true })).toBeVisible();
  await select(page, 'Client Type').selectOption({ label: type });
  await expect(select(page, 'Client Type')).toHaveValue(types[type].value);
}

/** Those two steps and the third one of the maintenance: the client is selected. */
export async function selectClient(page: Page, type: ClientType, name: string): Promise<void> {
  await openClients(page, type);
  await link(page, name).click();
  await expect(heading(details(page), name)).toBeVisible();
}

export interface StoredForm {
  name: string;
  allow_refresh_token?: boolean;
  redirect_urls?: string[];
  logout_redirect_urls?: string[];
  cors_origins?: string[];
  /** The description of its secret. */
  description?: string;
}

/** Makes a client behind the page's back; its secret, if it has one, never expires. */
export async function storeClient(
  request: APIRequestContext,
  server: Server,
  type: ClientType,
  { description = 'first secret', ...client }: StoredForm,
): Promise<Credentials> {
  const form = {
    kind: types[type].kind,
    client: { token_lifetime: '3600', redirect_urls: ['https://app.example.com/cb'], ...client },
    secret: { description, expiration: '', never_expires: true },
  };
  return (await ask(request, server, 'clients/add', { form })).json();
}

/** Gives a client secrets that never expire until it has so many; they are named by their number. */
export async function fillWithSecrets(request: APIRequestContext, server: Server, client: string, count: number): Promise<void> {
  const { secrets } = (await (await ask(request, server, 'clients/details', { id: client })).json()) as { secrets: unknown[] };
  for (let number = secrets.length + 1; number <= count; number++) {
    const form = { description: `secret ${number}`, expiration: '', never_expires: true };
    expect((await ask(request, server, 'secrets/add', { client, form })).status()).toBe(200);
  }
}

/** Where a client is selected. */
export const clientUrl = (type: ClientType, { id }: { id: string }) =>
  `${clientsUrl}?${new URLSearchParams({ type: types[type].value, client: id })}`;

/** No client of this type has the name, read in a page of its own. */
export async function expectNotStored(page: Page, type: ClientType, name: string): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(`${clientsUrl}?${new URLSearchParams({ type: types[type].value, filter: name })}`);
  await expect(other.getByText('No client matches.').or(other.getByText('There is no ')).first()).toBeVisible();
  await expect(link(other, name)).toHaveCount(0);
  await other.close();
}

/** A list of URLs in a form: its box has the list's own name. */
export const urlList = (page: Page, label: string) => page.getByRole('group', { name: label, exact: true });
export const urlBox = (page: Page, label: string) => text(urlList(page, label), label);
export const entries = (page: Page, label: string) => urlList(page, label).getByRole('listitem').locator('code');

/** Enters a URL and adds it to its list; the box is empty then, and has the focus. */
export async function addUrl(page: Page, label: string, url: string, by: '+' | 'Enter'): Promise<void> {
  await urlBox(page, label).fill(url);
  if (by === '+') await button(urlList(page, label), '+').click();
  else await urlBox(page, label).press('Enter');
  await expect(entries(page, label).last()).toHaveText(url);
  await expect(urlBox(page, label)).toHaveValue('');
  await expect(urlBox(page, label)).toBeFocused();
}

/** The entries of a list as Details tell them. */
export const shownUrls = (page: Page, label: string) =>
  details(page)
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 3, name: label, exact: true }) })
    .getByRole('listitem');

export const secretCreated = (page: Page) => page.getByRole('dialog', { name: 'Secret Successfully Created', exact: true });
export const secretRadio = (page: Page, name: string) => details(page).getByRole('radio', { name, exact: true });
export const secretRow = (page: Page, name: string) => 
  details(page).getByRole('row').filter({ has: page.getByRole('radio', { name, exact: true }) });
export const enabledSwitch = (page: Page) => details(page).getByRole('switch', { name: 'Enabled', exact: true });

/** Each value of a window that shows it once is copied by the Copy at its right. */
export async function expectCopies(page: Page, window: Locator, values: [label: string, value: string][]): Promise<void> {
  const copy = button(window, 'Copy');
  await expect(copy).toHaveCount(values.length);
  for (const [position, [label, value]] of values.entries()) {
    await expect(copy.nth(position)).toHaveAccessibleDescription(label);
    await copy.nth(position).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    await expect(window.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  }
}

/** What the token endpoint answers instead of a token. */
export async function refusal(server: Server, { id, secret }: Credentials): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const answer = await fetch(`${server.url}/identity/connect/token`, { method: 'POST', body });
  return ((await answer.json()) as { error: string }).error;
}

/** The secret is right: it gets a token, where its type may ask for one without a person. */
export async function expectAccepted(server: Server, type: ClientType, credentials: Credentials): Promise<void> {
  if (type === 'Hybrid') expect(await refusal(server, credentials)).toBe('unauthorized_client');
  else await grant(server, credentials);
}
