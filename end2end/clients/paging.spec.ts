// Turning the pages of the list while somebody else adds and removes clients: no row is skipped, none is shown twice.
import type { Page } from '@playwright/test';
import { clientsUrl, link, names, range } from '../support/clients.ts';
import { storeClient } from '../support/lifecycle.ts';
import { ask } from '../support/people.ts';
import { expect, inBothModes, test } from '../support/test.ts';

test.use({ serverOptions: { name: 'paging' } });
// One worker after another would each begin with the clients of others.
test.describe.configure({ mode: 'default' });

const type = 'Client-Credentials Client';
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `Turned ${String(from + index).padStart(2, '0')}`);
const turn = (page: Page, name: string) => link(page.getByRole('navigation', { name: 'Pages', exact: true }), name).click();

inBothModes((scripts) => {
  test('others add and remove clients between two pages', async ({ page, request, server, visit }) => {
    const mode = scripts ? 'hydrated' : 'plain';
    const ids = new Map<string, string>();
    const name = (turned: string) => `${turned} ${mode}`;
    const store = async (turned: string) => ids.set(turned, (await storeClient(request, server, type, { name: name(turned) })).id);
    const remove = (turned: string) => ask(request, server, 'clients/remove', { id: ids.get(turned) });
    for (const turned of numbered(1, 60)) await store(turned);
    // Before and after them stand others, which the filter leaves out.
    for (const other of ['Another', 'Zulu']) await storeClient(request, server, type, { name: other });

    await visit(`${clientsUrl}?filter=${mode}&per_page=25`);
    await expect(names(page)).toHaveText(numbered(1, 25).map(name));
    await expect(range(page)).toHaveText('1 – 25 of 60');

    for (const turned of [...numbered(3, 12), 'Turned 25']) await remove(turned);
    await turn(page, 'Next page');
    await expect(names(page)).toHaveText(numbered(26, 50).map(name));
    await expect(range(page)).toHaveText(/ of 49$/);

    for (const turned of ['Turned 00', 'Turned 25']) await store(turned);
    await turn(page, 'Next page');
    await expect(names(page)).toHaveText(numbered(51, 60).map(name));
    await expect(range(page)).toHaveText('42 – 51 of 51');

    await turn(page, 'Previous page');
    await expect(names(page)).toHaveText(numbered(26, 50).map(name));
    await turn(page, 'Previous page');
    await expect(names(page)).toHaveText([...numbered(0, 2), ...numbered(13, 25)].map(name));
    await expect(range(page)).toHaveText('1 – 16 of 51');
    await expect(link(page, 'Previous page')).toHaveAttribute('aria-disabled', 'true');
  });
});
