import { administrator } from './support/server.ts';
import { fillSignIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

test.use({ storageState: signedOut });

inBothModes(() => {
  test('after many wrong passwords one has to wait, and is told how long', async ({ page, freshServer, expectFailure }) => {
    expectFailure(400, 401, 403, 422, 429);
    const server = await freshServer({ name: 'throttled' });
    await page.goto(`${server.url}/sign-in`);
    const refusal = page.getByRole('alert');
    const throttled = /try again (in|at|after) .*\d/i;
    for (let attempt = 1; attempt <= 30; attempt++) {
      await fillSignIn(page, administrator.email, `wrong password ${attempt}`);
      await expect(refusal).toBeVisible();
      if (throttled.test(await refusal.innerText())) break;
    }
    await expect(refusal).toHaveText(throttled);
    expect(server.log).not.toContain('wrong password 1');
  });
});
