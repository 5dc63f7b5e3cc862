// The browser's check is passed by: a right form is sent, and its body is changed on the way. The server refuses with
// the words of the browser and stores nothing.
import type { Page } from '@playwright/test';
import { openAddClient, toCreateSecret } from '../support/add-client.ts';
import { button, created, storedTotal, text } from '../support/clients.ts';
import { expect, test } from '../support/test.ts';

const typed = { name: 'Typed name', tokenLifetime: '3599', description: 'Typed description' };
const tooLong = 'x'.repeat(129);

const changes: [what: string, from: RegExp, to: string, words: string][] = [
  ['an empty name', /Typed(%20|\+| )name/g, '', 'Name is 1 to 128 characters. It is empty.'],
  ['a name of 129 characters', /Typed(%20|\+| )name/g, tooLong, 'Name is 1 to 128 characters. This has 129.'],
  ['a lifetime of 59', /3599/g, '59', 'Token Lifetime is 60 to 3600 seconds. 59 is too short.'],
  ['a lifetime of 3601', /3599/g, '3601', 'Token Lifetime is 60 to 3600 seconds. 3601 is too long.'],
  ['a description of 129 characters', /Typed(%20|\+| )description/g, tooLong, 'Description is at most 128 characters. This has 129.'],
];

async function changeOnTheWay(page: Page, from: RegExp, to: string): Promise<() => number> {
  let changed = 0;
  await page.route('**/_fn/**', async (route) => {
    const body = route.request().postData() ?? '';
    // Only Save sends the description.
    if (!/Typed(%20|\+| )description/.test(body)) return route.continue();
    changed += 1;
    await route.continue({ postData: body.replace(from, to) });
  });
  return () => changed;
}

for (const [what, from, to, words] of changes) {
  test(what, async ({ page, expectFailure }) => {
    expectFailure(422);
    const before = await storedTotal(page);
    const changed = await changeOnTheWay(page, from, to);
    await openAddClient(page);
    await toCreateSecret(page, typed);
    await text(page, 'Description').fill(typed.description);
    const answer = page.waitForResponse((response) => response.request().postData()?.includes('description') ?? false);
    await button(page, 'Save').click();
    const status = (await answer).status();
    expect(changed()).toBe(1);
    expect(status).toBe(422);
    await expect(page.getByText(words).first()).toBeVisible();
    await expect(created(page)).toBeHidden();
    expect(await storedTotal(page)).toBe(before);
  });
}
