// Answers that come late: what is typed in the open form belongs to the person, and no answer about anything else ends it.
import { button, clientsUrl, createClients, details, heading, link, query, question, row, select, text } from '../support/clients.ts';
import { holdBack } from '../support/hold-back.ts';
import { secretRow } from '../support/lifecycle.ts';
import { expect, gotoHydrated, test } from '../support/test.ts';

test('the late answer to Save of one client leaves what is typed about another', async ({ page, server }) => {
  await createClients(server, ['Late A', 'Late B']);
  await gotoHydrated(page, `${clientsUrl}?filter=Late`);
  await link(page, 'Late A').click();
  await expect(heading(details(page), 'Late A')).toBeVisible();
  await button(page, 'Edit Client').click();
  await text(page, 'Name').fill('Late A, stored');
  const held = await holdBack(page, 'clients/edit');
  await button(page, 'Save').click();
  await expect.poll(() => held.asked).toBe(1);

  await link(page, 'Late B').click();
  await button(question(page), 'Discard').click();
  await expect(heading(details(page), 'Late B')).toBeVisible();
  await button(page, 'Edit Client').click();
  await text(page, 'Name').fill('Late B, typed');
  const again = page.waitForResponse('**/_fn/clients/details');
  held.release();
  await (await again).finished();
  await expect(row(page, 'Late A, stored')).toBeVisible();
  await expect(text(page, 'Name')).toHaveValue('Late B, typed');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Late B, typed')).toBeVisible();
});

test('the late answer to Save of a secret leaves what is typed about the next one', async ({ page, server }) => {
  await createClients(server, ['Late secret']);
  await gotoHydrated(page, `${clientsUrl}?filter=Late+secret`);
  await link(page, 'Late secret').click();
  await details(page).getByRole('radio').check();
  await button(page, 'Edit Secret').click();
  await text(page, 'Description').fill('stored late');
  const held = await holdBack(page, 'secrets/edit');
  await button(page, 'Save').click();
  await expect.poll(() => held.asked).toBe(1);

  await link(page, 'Late secret').click();
  await button(question(page), 'Discard').click();
  await button(page, 'Edit Client').click();
  await text(page, 'Name').fill('Late secret, typed');
  const again = page.waitForResponse('**/_fn/clients/details');
  held.release();
  await (await again).finished();
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Late secret, typed')).toBeVisible();
  await expect(secretRow(page, 'stored late')).toBeVisible();
});

test('Edit Client right after Save waits for what was stored, and has the focus then', async ({ page, server }) => {
  await createClients(server, ['Right after']);
  await gotoHydrated(page, `${clientsUrl}?filter=Right+after`);
  await link(page, 'Right after').click();
  await button(page, 'Edit Client').click();
  await text(page, 'Name').fill('Right after, stored');
  const held = await holdBack(page, 'clients/details');
  await button(page, 'Save').click();
  await expect(row(page, 'Right after, stored')).toBeVisible();
  await button(page, 'Edit Client').click();
  await expect(page.getByText('Loading…')).toBeVisible();
  held.release();
  await expect(text(page, 'Name')).toHaveValue('Right after, stored');
  await expect(heading(page, 'Edit Client')).toBeFocused();
  await text(page, 'Name').fill('Right after, once more');
  await button(page, 'Save').click();
  await expect(heading(details(page), 'Right after, once more')).toBeVisible();
});

test('a step back over several pages to the form of another type asks', async ({ page }) => {
  await gotoHydrated(page, `${clientsUrl}?type=Hybrid+Client&pane=add`);
  await select(page, 'Client Type').selectOption({ label: 'Client-Credentials Client' });
  await expect.poll(() => query(page)).toEqual({});
  await button(page, 'Add Client').click();
  await text(page, 'Name').fill('Half typed');
  const address = page.url();
  await page.evaluate(() => history.go(-2));
  await button(question(page), 'Keep Editing').click();
  await expect(text(page, 'Name')).toHaveValue('Half typed');
  expect(page.url()).toBe(address);

  await page.goBack();
  await button(question(page), 'Discard').click();
  await expect.poll(() => query(page).type).toBe('Hybrid Client');
  await expect(text(page, 'Name')).toHaveValue('');
});
