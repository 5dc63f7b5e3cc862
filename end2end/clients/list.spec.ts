// The list of Security > Clients: filter, sort, pages and selection are the server's work and live in the address, so
// all of it holds with scripts off.
import type { Locator, Page } from '@playwright/test';
import { button, clickBesideLink, clientsUrl, createClient, createClients, details, expectNoRows, filterBox, heading, inDays, link, names, query, range, row, select, table } from '../support/clients.ts';
import { expect, inBothModes, test } from '../support/test.ts';
import type { Credentials } from '../support/tokens.ts';

test.use({ serverOptions: { name: 'list' } });
// One worker after another would each make the clients again.
test.describe.configure({ mode: 'default' });

const sensors = Array.from({ length: 58 }, (_, index) => `Sensor ${String(index + 1).padStart(2, '0')}`);
let alpha: Credentials;

test.beforeAll(async ({ server }) => {
  await createClients(server, sensors);
  alpha = await createClient(server, { name: 'Alpha gateway', expires: inDays(10), roles: ['Tenant Viewer'], tokenLifetime: 1800 });
  await createClient(server, { name: 'Zulu export', expires: 'never' });
});

inBothModes((scripts) => {
  /** With scripts off a control acts by the button Show of its form. */
  async function show(page: Page, control: Locator): Promise<void> {
    if (!scripts) await page.locator('form').filter({ has: control }).getByRole('button', { name: /^Show/ }).click();
  }
  async function choose(page: Page, name: string, label: string): Promise<void> {
    await select(page, name).selectOption({ label });
    await show(page, select(page, name));
  }
  async function filter(page: Page, words: string): Promise<void> {
    await filterBox(page).fill(words);
    await show(page, filterBox(page));
  }
  const expectQuery = (page: Page, state: Record<string, unknown>) =>
    // A plain GET form names every control; with scripts defaults are left out.
    expect.poll(() => query(page))[scripts ? 'toEqual' : 'toMatchObject'](state);

  test('shows the columns, sorted by name', async ({ page, visit }) => {
    await visit(clientsUrl);
    for (const column of ['Name', 'Client Id', 'Roles', 'Secrets', 'Last Used', 'Status']) {
      await expect(table(page).getByRole('columnheader', { name: column, exact: true })).toBeVisible();
    }
    await expect(range(page)).toHaveText('1 – 50 of 60');
    await expect(names(page).first()).toHaveText('Alpha gateway');
    await expect(row(page, 'Alpha gateway').getByRole('cell').nth(1)).toContainText(alpha.id);
    await expect(row(page, 'Alpha gateway')).toContainText('Tenant Viewer');
    await expect(row(page, 'Alpha gateway')).toContainText(/in (9|10) days/);
    await expect(row(page, 'Alpha gateway')).toContainText('Enabled');
    await expect(page.getByText('Show', { exact: true }).first()).toBeVisible({ visible: !scripts });
    await expect(select(page, 'Items per page').locator('option')).toHaveText(['25', '50', '100', '200']);
    // Copying needs scripts: without them no button promises it.
    await row(page, 'Alpha gateway').hover();
    const copy = row(page, 'Alpha gateway').getByRole('button', { name: 'Copy Client Id of Alpha gateway', exact: true });
    await expect(copy).toHaveCount(scripts ? 1 : 0);
  });

  test('filters by name and by id', async ({ page, visit }) => {
    await visit(clientsUrl);
    await filter(page, 'sensor 1');
    await expect(range(page)).toHaveText('1 – 10 of 10');
    await expectQuery(page, { filter: 'sensor 1' });
    await filter(page, alpha.id);
    await expect(names(page)).toHaveText(['Alpha gateway']);
    await page.reload();
    await expect(names(page)).toHaveText(['Alpha gateway']);
    await expect(filterBox(page)).toHaveValue(alpha.id);
    await filter(page, 'no such client %_');
    await expectNoRows(page, 'No client matches.');
  });

  test('sorts by name in both directions', async ({ page, visit }) => {
    await visit(clientsUrl);
    const column = table(page).getByRole('columnheader', { name: 'Name', exact: true });
    await expect(column).toHaveAttribute('aria-sort', 'ascending');
    await link(column, 'Name').click();
    await expect(column).toHaveAttribute('aria-sort', 'descending');
    await expectQuery(page, { sort: '-name' });
    await expect(names(page).first()).toHaveText('Zulu export');
    await link(column, 'Name').click();
    await expect(names(page).first()).toHaveText('Alpha gateway');
  });

  test('goes through the pages', async ({ page, visit }) => {
    await visit(clientsUrl);
    await choose(page, 'Items per page', '25');
    await expect(range(page)).toHaveText('1 – 25 of 60');
    await expectQuery(page, { per_page: '25' });
    const pages: [to: string, shown: string][] = [
      ['Next page', '26 – 50 of 60'],
      ['Last page', '51 – 60 of 60'],
      ['Previous page', '26 – 50 of 60'],
      ['First page', '1 – 25 of 60'],
    ];
    for (const [to, shown] of pages) {
      await link(page.getByRole('navigation', { name: 'Pages', exact: true }), to).click();
      await expect(range(page)).toHaveText(shown);
    }
    await page.goBack();
    await expect(range(page)).toHaveText('26 – 50 of 60');
    await page.reload();
    await expect(range(page)).toHaveText('26 – 50 of 60');
    await expectQuery(page, { per_page: '25', page: '2', before: expect.stringContaining('\n') });
    await expect(select(page, 'Items per page')).toHaveValue('25');
  });

  test('filters by status', async ({ page, visit }) => {
    await visit(clientsUrl);
    await choose(page, 'Status', 'Expiring soon');
    await expect(names(page)).toHaveText(['Alpha gateway']);
    await expectQuery(page, { status: 'expiring' });
    await choose(page, 'Status', 'Never used');
    await expect(range(page)).toHaveText('1 – 50 of 60');
    await expectQuery(page, { status: 'unused' });
    await choose(page, 'Status', 'Disabled');
    await expectNoRows(page, 'No client matches.');
    await choose(page, 'Status', 'Expired secret');
    await expectQuery(page, { status: 'expired' });
    await expectNoRows(page, 'No client matches.');
    await page.goBack();
    await expect(select(page, 'Status')).toHaveValue('disabled');
    await choose(page, 'Status', 'Enabled');
    await expect(range(page)).toHaveText('1 – 50 of 60');
  });

  test('says what the other types are for', async ({ page, visit }) => {
    await visit(clientsUrl);
    for (const [label, value, words] of [
      ['Authorization Code', 'Authorization Code Client', /^An authorization code client /],
      ['Hybrid', 'Hybrid Client', /^A hybrid client /],
    ] as const) {
      await choose(page, 'Client Type', label);
      await expectNoRows(page, words);
      await expectQuery(page, { type: value });
      await expect(button(page, 'Create the first client')).toBeVisible();
    }
    await choose(page, 'Client Type', 'Client-Credentials Client');
    await expect(range(page)).toHaveText('1 – 50 of 60');
    await expect(button(page, 'Add Client')).toBeVisible();
  });

  test('selects a client and shows its Details', async ({ page, visit }) => {
    await visit(clientsUrl);
    await link(page, 'Alpha gateway').click();
    await expect(heading(details(page), 'Alpha gateway')).toBeVisible();
    await expectQuery(page, { client: alpha.id });
    await expect(link(page, 'Alpha gateway')).toHaveAttribute('aria-current', 'true');
    const facts = [
      'Client Id', alpha.id, 'Name', 'Token Lifetime', '1800 seconds', 'Status', 'Enabled',
      /CreatedBy command line, \d/, /ChangedBy command line, \d/, /Last Used\s*Never/, /No description\s*id 1 · used never\s*Created \d/i,
      'Secrets', /Expires in (9|10) days/, 'Assigned Roles', 'Tenant Roles', 'Tenant Viewer', 'Tenant Member', 'Community Roles',
    ];
    for (const fact of facts) await expect(details(page)).toContainText(fact);
    await page.reload();
    await expect(heading(details(page), 'Alpha gateway')).toBeVisible();
    await link(page, 'Sensor 01').click();
    await expect(heading(details(page), 'Sensor 01')).toBeVisible();
    await page.goBack();
    await expect(heading(details(page), 'Alpha gateway')).toBeVisible();
    await link(details(page), 'Hide Details').click();
    await expect(details(page)).toHaveCount(0);
    await expectQuery(page, {});
  });
});

test('a click anywhere in the row follows its link, a second one keeps the selection', async ({ page, visit }) => {
  await visit(clientsUrl);
  for (let time = 0; time < 2; time++) {
    await clickBesideLink(row(page, 'Sensor 02'));
    await expect(heading(details(page), 'Sensor 02')).toBeVisible();
  }
});

for (const width of [1440, 1200, 1100, 1000, 900, 390]) {
  test(`at ${width} pixels the longest states fit their columns, and names have room`, async ({ page, visit }) => {
    await page.setViewportSize({ width, height: 900 });
    await visit(clientsUrl);
    const shown = row(page, 'Alpha gateway');
    await expect(shown).toBeVisible();
    const cut = await shown.evaluate((row) => {
      row.querySelector('.secrets-cell .badge')!.textContent = 'expired 11 months ago';
      row.querySelector('.last-used')!.textContent = '59 minutes ago';
      return [...row.querySelectorAll('.secrets-cell, .last-used')].filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent);
    });
    expect(cut).toEqual([]);
    expect((await shown.getByRole('cell').first().boundingBox())!.width).toBeGreaterThan(150);
    // A column is gone rather than too narrow to be read.
    for (const cell of await shown.getByRole('cell').all()) {
      expect((await cell.boundingBox())!.width, await cell.innerText()).toBeGreaterThan(90);
    }
  });
}
