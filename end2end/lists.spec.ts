// The lists of Security > Roles and Security > Users: filter, order, pages and selection are the server's work and live in
// the address, so all of it holds with scripts off. The page behind a one-time link needs no scripts either.
import type { Page } from '@playwright/test';
import { button, clickBesideLink, details, expectMessage, heading, link, query, select } from './support/clients.ts';
import { ask, createInvited, expectDead, passwordBox, setPassword, usersUrl } from './support/people.ts';
import { createRole, listed, rangeOf, rolesUrl, rowOf } from './support/roles.ts';
import { expect, inBothModes, test } from './support/test.ts';

test.use({ serverOptions: { name: 'lists' } });
test.describe.configure({ mode: 'default' });

const numbers = Array.from({ length: 28 }, (_, index) => String(index + 1).padStart(2, '0'));

test.beforeAll(async ({ playwright, server, administratorState }) => {
  const request = await playwright.request.newContext({ storageState: administratorState });
  for (const number of numbers) {
    await createRole(request, server, { name: `Meter.${number}`, description: `reads meter ${number}` });
    await createInvited(request, server, { name: `Person ${number}`, email: `p${number}@example.com` });
  }
  const { id } = await createInvited(request, server, { name: 'Vera Disabled', email: 'vera@example.org' });
  await ask(request, server, 'users/set-enabled', { id, enabled: false });
  await request.dispose();
});

interface List {
  url: string;
  title: string;
  filter: string;
  columns: string[];
  /** How many there are, the first and the last by name. */
  total: number;
  first: string;
  last: string;
  /** Words that find exactly ten. */
  tenOf: string;
  tenth: string;
  /** One in the middle, the key that selects it, and what is told of it. */
  one: string;
  key: string;
  facts: (string | RegExp)[];
  nothing: string;
  all: string;
  none: string;
}

const lists: List[] = [
  {
    url: rolesUrl,
    title: 'Roles',
    filter: 'Filter Roles',
    columns: ['Name', 'Description', 'Role Type'],
    total: 33,
    first: 'Meter.01',
    last: 'Tenant Viewer',
    tenOf: 'meter.1',
    tenth: 'Meter.19',
    one: 'Meter.07',
    key: 'role',
    facts: ['Role Id', /Name\s*Meter\.07/, /Description\s*reads meter 07/, /Role Type\s*Tenant Custom/, 'Identities', /Users\s*None/],
    nothing: 'No role matches.',
    all: 'show all roles',
    none: 'No roles',
  },
  {
    url: usersUrl,
    title: 'Users',
    filter: 'Filter Users',
    columns: ['Name', 'E-mail', 'Roles', 'Status', 'Last Sign-in'],
    total: 30,
    first: 'admin',
    last: 'Vera Disabled',
    tenOf: 'PERSON 1',
    tenth: 'Person 19',
    one: 'Person 07',
    key: 'user',
    facts: ['User Id', /Name\s*Person 07/, /E-mail\s*p07@example\.com/, /Status\s*Invited/, /Last Sign-in\s*Never/i, /Roles\s*Tenant Member/],
    nothing: 'No user matches.',
    all: 'show all users',
    none: 'No users',
  },
];

inBothModes((scripts) => {
  const expectQuery = (page: Page, state: Record<string, unknown>) =>
    // A plain GET form names every control; with scripts defaults are left out.
    expect.poll(() => query(page))[scripts ? 'toEqual' : 'toMatchObject'](state);

  for (const list of lists) {
    test.describe(list.title, () => {
      const filterBox = (page: Page) => page.getByRole('searchbox', { name: list.filter, exact: true });
      async function filter(page: Page, words: string): Promise<void> {
        await filterBox(page).fill(words);
        if (!scripts) await button(page, 'Show').click();
      }

      test('shows the columns, sorted by name', async ({ page, visit }) => {
        await visit(list.url);
        await expect(page.getByRole('heading', { level: 1, name: list.title, exact: true })).toBeVisible();
        await expect(page.getByRole('table').getByRole('columnheader')).toHaveText(list.columns);
        await expect(rangeOf(page)).toHaveText(`1 – ${list.total} of ${list.total}`);
        await expect(listed(page).first()).toHaveText(list.first);
        await expect(listed(page).last()).toHaveText(list.last);
        await expect(page.getByText('Show', { exact: true })).toBeVisible({ visible: !scripts });
      });

      test('filters by a part of the name, and says when nothing matches', async ({ page, visit }) => {
        await visit(list.url);
        await filter(page, list.tenOf);
        await expect(rangeOf(page)).toHaveText('1 – 10 of 10');
        await expect(listed(page).last()).toHaveText(list.tenth);
        await expectQuery(page, { filter: list.tenOf });
        await page.reload();
        await expect(rangeOf(page)).toHaveText('1 – 10 of 10');
        await expect(filterBox(page)).toHaveValue(list.tenOf);
        await filter(page, 'nothing of the kind %_');
        await expect(page.getByText(list.nothing)).toBeVisible();
        await expect(rangeOf(page)).toHaveText(list.none);
        await expect(listed(page)).toHaveCount(0);
        await link(page, list.all).click();
        await expect(rangeOf(page)).toHaveText(`1 – ${list.total} of ${list.total}`);
        await expect(filterBox(page)).toHaveValue('');
        await expectQuery(page, {});
      });

      test('sorts by name in both directions', async ({ page, visit }) => {
        await visit(list.url);
        const column = page.getByRole('columnheader', { name: 'Name', exact: true });
        await expect(column).toHaveAttribute('aria-sort', 'ascending');
        await link(column, 'Name').click();
        await expect(column).toHaveAttribute('aria-sort', 'descending');
        await expectQuery(page, { sort: '-name' });
        await expect(listed(page).first()).toHaveText(list.last);
        await page.goBack();
        await expect(column).toHaveAttribute('aria-sort', 'ascending');
        await expect(listed(page).first()).toHaveText(list.first);
      });

      test('goes through the pages', async ({ page, visit }) => {
        await visit(list.url);
        await select(page, 'Items per page').selectOption('25');
        if (!scripts) await button(page, 'Show Page').click();
        await expect(rangeOf(page)).toHaveText(`1 – 25 of ${list.total}`);
        await expectQuery(page, { per_page: '25' });
        await link(page, 'Next page').click();
        await expect(rangeOf(page)).toHaveText(`26 – ${list.total} of ${list.total}`);
        await expect(listed(page).last()).toHaveText(list.last);
        await link(page, 'First page').click();
        await expect(rangeOf(page)).toHaveText(`1 – 25 of ${list.total}`);
        await page.goBack();
        await expect(rangeOf(page)).toHaveText(`26 – ${list.total} of ${list.total}`);
        await page.reload();
        await expect(rangeOf(page)).toHaveText(`26 – ${list.total} of ${list.total}`);
        await expectQuery(page, { per_page: '25', page: '2', after: expect.stringContaining('\n') });
        await expect(select(page, 'Items per page')).toHaveValue('25');
      });

      test('selects one and shows its Details', async ({ page, visit }) => {
        await visit(`${list.url}?sort=-name`);
        await link(page, list.one).click();
        await expect(heading(details(page), list.one)).toBeVisible();
        for (const fact of list.facts) await expect(details(page)).toContainText(fact);
        await expect(link(page, list.one)).toHaveAttribute('aria-current', 'true');
        expect(Object.keys(query(page)).toSorted()).toEqual([list.key, 'sort'].toSorted());
        await page.reload();
        await expect(heading(details(page), list.one)).toBeVisible();
        await link(page, list.last).click();
        await expect(heading(details(page), list.last)).toBeVisible();
        await page.goBack();
        await expect(heading(details(page), list.one)).toBeVisible();
        await link(details(page), 'Hide Details').click();
        await expect(details(page)).toHaveCount(0);
        await expectQuery(page, { sort: '-name' });
      });

      test('says that an unknown id is none', async ({ page, visit, expectFailure }) => {
        expectFailure(404);
        await visit(`${list.url}?${list.key}=00000000-0000-4000-8000-000000000000`);
        await expect(details(page)).toContainText(`There is no ${list.key} with this id.`);
        await expect(link(page, list.one)).toBeVisible();
      });
    });
  }

  test('users are found by e-mail too, and each shows how the account stands', async ({ page, visit }) => {
    await visit(`${usersUrl}?filter=EXAMPLE.ORG`);
    await expect(listed(page)).toHaveText(['Vera Disabled']);
    await expect(rowOf(page, 'Vera Disabled').getByRole('cell')).toContainText(['Vera Disabled', 'vera@example.org', 'Tenant Member', 'Disabled', /never/i]);
    await visit(`${usersUrl}?filter=person+03`);
    await expect(rowOf(page, 'Person 03')).toContainText('Invited');
    await visit(`${usersUrl}?filter=admin`);
    await expect(rowOf(page, 'admin')).toContainText('Enabled');
    await expect(rowOf(page, 'admin')).toContainText('Tenant Administrator');
  });

  test('the page behind a one-time link takes a password', async ({ page, server, newContext, expectFailure }) => {
    expectFailure(404, 422);
    const email = `${scripts ? 'with' : 'without'}-scripts@example.net`;
    const { id, url } = await createInvited(page.request, server, { name: 'Linda Link', email });
    const other = await (await newContext({ javaScriptEnabled: scripts })).newPage();
    await other.goto(url);
    await expect(passwordBox(other)).toBeFocused();
    await setPassword(other, 'short');
    await expectMessage(passwordBox(other), 'Password is 12 to 128 characters. This one is too short.');
    await setPassword(other, 'long enough for Linda');
    await expect(other).toHaveURL(`${server.url}/security/clients`);
    await expect(other.getByRole('heading', { level: 1, name: 'Clients', exact: true })).toBeVisible();
    await expectDead(other, url);
    // The lists above count on who is there.
    expect((await ask(page.request, server, 'users/remove', { id })).status()).toBe(200);
  });
});

test('a click anywhere in the row follows its link', async ({ page, visit }) => {
  for (const list of lists) {
    await visit(list.url);
    await clickBesideLink(rowOf(page, list.one));
    await expect(heading(details(page), list.one)).toBeVisible();
  }
});
