// Who was overtaken and selects Cancel sees all as it is now, as the notice promises: "Cancel to leave it as it is now".
import { button, details, rows, text } from '../support/clients.ts';
import { expect } from '../support/test.ts';
import { makeClient, makeRole, open, remove, said, saveFirst, test } from '../support/two-people.ts';

test.beforeEach(({ expectFailure }) => expectFailure(404, 409));

for (const [command, label, make] of [
  ['Edit Client', 'Name', makeClient],
  ['Edit Secret', 'Description', makeClient],
  ['Edit Role', 'Description', makeRole],
] as const) {
  test(`${command}: each further change is told, and after Cancel all is shown as the other left it`, async ({ page, other, server }) => {
    const url = await make(page.request, server, `Cancelled ${command}`);
    await open(page, url, command);
    await text(page, label).fill('never stored');
    for (const theirs of ['theirs once', 'theirs twice']) {
      await open(other, url, command);
      await text(other, label).fill(theirs);
      await saveFirst(other, command);
      await button(page, 'Save').click();
      await expect(said(page)).toContainText(`${label} is now “${theirs}”.`);
    }
    await expect(text(page, label)).toHaveValue('never stored');
    await button(page, 'Cancel').click();
    await expect(details(page)).toContainText('theirs twice');
    await expect(page.getByText(/never stored|theirs once/)).toHaveCount(0);
  });
}

test('Edit Client of a client that the other removed: after Cancel it is shown as gone', async ({ page, other, server }) => {
  const url = await makeClient(page.request, server, 'Removed while edited');
  await open(page, url, 'Edit Client');
  await text(page, 'Name').fill('Typed for an hour');
  await remove(other, url);
  await button(page, 'Save').click();
  await expect(said(page)).toContainText('Somebody removed this client meanwhile');
  await button(page, 'Cancel').click();
  await expect(page.getByText('There is no client with this id.')).toBeVisible();
  await expect(rows(page).filter({ hasText: 'Removed while edited' })).toHaveCount(0);
});
