import { expect, type Locator, type Page } from '@playwright/test';
import type { Server } from './server.ts';
import type { Credentials } from './tokens.ts';

export const clientsUrl = '/security/clients';

export const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });
export const heading = (page: Page | Locator, name: string) => page.getByRole('heading', { level: 2, name, exact: true });
export const text = (page: Page | Locator, name: string) => page.getByRole('textbox', { name, exact: true });
export const checkbox = (page: Page | Locator, name: string) => page.getByRole('checkbox', { name, exact: true });
export const select = (page: Page | Locator, name: string) => page.getByRole('combobox', { name, exact: true });
export const link = (page: Page | Locator, name: string) => page.getByRole('link', { name, exact: true });
/** Whatever kind of field carries this label. */
export const field = (page: Page | Locator, label: string) => page.getByLabel(label, { exact: true });

export const filterBox = (page: Page) => page.getByRole('searchbox', { name: 'Filter Clients', exact: true });
export const table = (page: Page) =>
  page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Secrets', exact: true }) });
export const rows = (page: Page) => table(page).locator('tbody tr');
export const row = (page: Page, name: string) => rows(page).filter({ has: link(page, name) });
/** "1 – 50 of 1,234" or "No clients", which is announced when it changes. */
export const range = (page: Page) => page.getByRole('status').filter({ hasText: /^\s*([\d,]+ – [\d,]+ of [\d,]+|No clients)\s*$/ });
export const details = (page: Page) => page.getByRole('region', { name: 'Details', exact: true });
export const created = (page: Page) => page.getByRole('dialog', { name: 'Client Successfully Created', exact: true });
/** The question before a changed pane is left. */
export const question = (page: Page) => page.locator('dialog[open]').filter({ has: button(page, 'Keep Editing') });

/** The names in the list, in its order. */
export const names = (page: Page) => rows(page).getByRole('link');

/** No row is shown, and why is said. */
export async function expectNoRows(page: Page, why: string | RegExp): Promise<void> {
  await expect(page.getByRole('main').getByText(why)).toBeVisible();
  await expect(range(page)).toHaveText('No clients');
  await expect(names(page)).toHaveCount(0);
}

/** A click in the row, but not on the link. The link may lie over the whole row, so nothing is asked of what is hit. */
export const clickBesideLink = (row: Locator) => row.getByRole('cell').last().click({ force: true });

/** What the address says of the list's state. */
export const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** How many clients are stored, read in a page of its own so that the one under test stays as it is. */
export async function storedTotal(page: Page): Promise<number> {
  const other = await page.context().newPage();
  await other.goto(clientsUrl);
  const shown = await range(other).innerText();
  await other.close();
  return Number((/of ([\d,]+)/.exec(shown)?.[1] ?? '0').replaceAll(',', ''));
}

export interface NewClient {
  name: string;
  roles?: string[];
  tokenLifetime?: number;
  /** RFC 3339, or `never`. */
  expires?: string;
}

export async function createClient(server: Server, client: NewClient): Promise<Credentials> {
  const args = ['client', 'create', '--json', '--name', client.name];
  for (const role of client.roles ?? []) args.push('--role', role);
  if (client.tokenLifetime) args.push('--token-lifetime', String(client.tokenLifetime));
  if (client.expires) args.push('--expires', client.expires);
  const shown = JSON.parse(await server.cli(args)) as { ClientId: string; ClientSecret: string };
  return { id: shown.ClientId, secret: shown.ClientSecret };
}

export async function createClients(server: Server, list: string[]): Promise<void> {
  for (const name of list) await createClient(server, { name });
}

/** An instant so many days from now, as the command line takes it. */
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** The message stands at the field: marked, described, to be seen, and with these words in it. */
export async function expectMessage(control: Locator, ...words: (string | RegExp)[]): Promise<string> {
  await expect(control).toHaveAttribute('aria-invalid', 'true');
  const ids = (await control.getAttribute('aria-describedby'))?.split(/\s+/).filter(Boolean) ?? [];
  expect(ids, 'aria-describedby').not.toEqual([]);
  const texts: string[] = [];
  for (const id of ids) {
    const part = control.page().locator(`[id="${id}"]`);
    await expect(part).toBeVisible();
    texts.push((await part.innerText()).trim());
  }
  const message = texts.join('\n');
  for (const word of words) {
    if (typeof word === 'string') expect(message).toContain(word);
    else expect(message).toMatch(word);
  }
  return message;
}
