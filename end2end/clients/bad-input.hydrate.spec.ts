// What bad input gets: a message at its field, the focus there, what was typed kept, and nothing stored.
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, checkbox, created, expectMessage, field, heading, storedTotal, text } from '../support/clients.ts';
import { expect, test } from '../support/test.ts';
import { hourThatIsSkipped, monthsFrom } from '../support/times.ts';

test.use({ timezoneId: 'Europe/Lisbon' });

const tooLong = 'x'.repeat(129);
const now = new Date();

type Case = [what: string, label: string, value: string, ...words: (string | RegExp)[]];

const firstPane: Case[] = [
  ['an empty name', 'Name', '', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of only spaces', 'Name', '   ', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of 129 characters', 'Name', tooLong, 'Name is 1 to 128 characters. This has 129.'],
  ['a lifetime of 59', 'Token Lifetime', '59', 'Token Lifetime is 60 to 3600 seconds. 59 is too short.'],
  ['a lifetime of 3601', 'Token Lifetime', '3601', 'Token Lifetime is 60 to 3600 seconds. 3601 is too long.'],
  ['a lifetime of 12.5', 'Token Lifetime', '12.5', 'Token Lifetime', '60 to 3600 seconds', '12.5'],
];

for (const [what, label, value, ...words] of firstPane) {
  test(what, async ({ page }) => {
    const before = await storedTotal(page);
    await openAddClient(page);
    await text(page, 'Name').fill('Kept name');
    await checkbox(page, 'Tenant Viewer').check();
    await field(page, label).fill(value);
    await button(page, 'Next').click();
    await expectMessage(field(page, label), ...words);
    await expect(field(page, label)).toBeFocused();
    await expect(field(page, label)).toHaveValue(value);
    await expect(checkbox(page, 'Tenant Viewer')).toBeChecked();
    await expect(heading(page, 'Add Client')).toBeVisible();
    expect(await storedTotal(page)).toBe(before);
  });
}

test('a lifetime of letters', async ({ page }) => {
  await openAddClient(page);
  await text(page, 'Name').fill('Kept name');
  await field(page, 'Token Lifetime').fill('');
  await field(page, 'Token Lifetime').pressSequentially('abc');
  await button(page, 'Next').click();
  await expectMessage(field(page, 'Token Lifetime'), 'Token Lifetime', '3600');
});

test('two wrong fields: both are told, the first has the focus, a right value clears its message', async ({ page }) => {
  await openAddClient(page);
  await field(page, 'Token Lifetime').fill('0');
  await button(page, 'Next').click();
  await expectMessage(text(page, 'Name'), 'Name');
  await expectMessage(field(page, 'Token Lifetime'), 'Token Lifetime', '3600');
  await expect(text(page, 'Name')).toBeFocused();
  await text(page, 'Name').fill('x'.repeat(128));
  await field(page, 'Token Lifetime').fill('60');
  await button(page, 'Next').click();
  await expect(heading(page, 'Create Secret')).toBeVisible();
  await button(page, 'Back').click();
  await expect(heading(page, 'Add Client')).toBeVisible();
  for (const label of ['Name', 'Token Lifetime']) {
    await expect(field(page, label)).not.toHaveAttribute('aria-invalid');
    await expect(page.getByText(`${label} is`)).toHaveCount(0);
  }
});

test('an expiry of which a part is deleted keeps the others', async ({ page }) => {
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Half a date' });
  const box = field(page, 'Expiration Date');
  const before = await box.inputValue();
  await box.focus();
  // Day and month come in either order, then the year.
  for (const key of ['ArrowRight', 'ArrowRight', 'Backspace']) await page.keyboard.press(key);
  await expect(box).toHaveValue('');
  await page.keyboard.type(before.slice(0, 4));
  await expect(box).toHaveValue(before);
  await button(page, 'Save').click();
  await expect(created(page)).toBeVisible();
});

const secondPane: Case[] = [
  ['an empty expiry', 'Expiration Date', '', 'Expiration Date is missing.'],
  ['a local time that does not exist', 'Expiration Date', hourThatIsSkipped(now), 'Expiration Date', /doesn.t exist in the time zone Europe\/Lisbon/],
  ['an expiry in the past', 'Expiration Date', monthsFrom(now, -1), 'Expiration Date', /past/, now.toISOString().slice(0, 7)],
  ['a description of 129 characters', 'Description', tooLong, 'Description is at most 128 characters. This has 129.'],
];

for (const [what, label, value, ...words] of secondPane) {
  test(what, async ({ page, expectFailure }) => {
    expectFailure(422); // only the server knows what is past
    const before = await storedTotal(page);
    await openAddClient(page);
    await toCreateSecret(page, { name: 'Never stored' });
    await text(page, 'Description').fill('kept description');
    await field(page, label).fill(value);
    await button(page, 'Save').click();
    await expectMessage(field(page, label), ...words);
    await expect(field(page, label)).toBeFocused();
    await expect(field(page, label)).toHaveValue(value);
    await expect(heading(page, 'Create Secret')).toBeVisible();
    await expect(created(page)).toBeHidden();
    expect(await storedTotal(page)).toBe(before);
  });
}

test("a browser whose clock is late: the server refuses and shows the server's time", async ({ page, expectFailure }) => {
  expectFailure(422);
  const before = await storedTotal(page);
  await page.clock.setFixedTime(new Date(now.getTime() - 90 * 86_400_000));
  await openAddClient(page);
  await toCreateSecret(page, { name: 'Never stored' });
  await field(page, 'Expiration Date').fill(monthsFrom(now, -1));
  await button(page, 'Save').click();
  const serverMonth = new Date().toISOString().slice(0, 7);
  await expectMessage(field(page, 'Expiration Date'), 'Expiration Date', serverMonth);
  expect(await storedTotal(page)).toBe(before);
});
