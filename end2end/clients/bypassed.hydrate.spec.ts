// The browser's check is passed by: a right form is sent, and its body is changed on the way. The server refuses with
// the words of the browser, which stand at the field, and stores nothing.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, created, expectMessage, field, heading, storedTotal, text } from '../support/clients.ts';
import { expect, test } from '../support/test.ts';

const typed = { name: 'Typed name', tokenLifetime: '3599', description: 'Typed description' };
const tooLong = 'x'.repeat(129);

const changes: [what: string, label: string, from: string, to: string, words: string][] = [
  ['an empty name', 'Name', typed.name, '', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of 129 characters', 'Name', typed.name, tooLong, 'Name is 1 to 128 characters. This has 129.'],
  ['a lifetime of 59', 'Token Lifetime', '3599', '59', 'Token Lifetime is 60 to 3600 seconds. 59 is too short.'],
  ['a lifetime of 3601', 'Token Lifetime', '3599', '3601', 'Token Lifetime is 60 to 3600 seconds. 3601 is too long.'],
  ['a description of 129 characters', 'Description', typed.description, tooLong, 'Description is at most 128 characters. This has 129.'],
];

async function changeOnTheWay(page: Page, from: string, to: string): Promise<void> {
  await page.route('**/_fn/clients/add', async (route) => {
    const body = route.request().postData()!;
    expect(body).toContain(from);
    await route.continue({ postData: body.replace(from, to) });
  });
}

for (const [what, label, from, to, words] of changes) {
  test(what, async ({ page, expectFailure }) => {
    expectFailure(422);
    const before = await storedTotal(page);
    await changeOnTheWay(page, from, to);
    await openAddClient(page);
    await toCreateSecret(page, typed);
    await text(page, 'Description').fill(typed.description);
    const answer = page.waitForResponse('**/_fn/clients/add');
    await button(page, 'Save').click();
    expect((await answer).status()).toBe(422);

    await expectMessage(field(page, label), words);
    await expect(field(page, label)).toBeFocused();
    // A field of the first pane brings it back; what was typed is there in both.
    if (label !== 'Description') {
      await expect(text(page, 'Name')).toHaveValue(typed.name);
      await expect(field(page, 'Token Lifetime')).toHaveValue(typed.tokenLifetime);
      await button(page, 'Next').click();
    }
    await expect(heading(page, 'Create Secret')).toBeVisible();
    await expect(text(page, 'Description')).toHaveValue(typed.description);
    await expect(created(page)).toBeHidden();
    expect(await storedTotal(page)).toBe(before);
  });
}
