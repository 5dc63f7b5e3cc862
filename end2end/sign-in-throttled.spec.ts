import { createMember, fillSignIn } from './support/sign-in.ts';
import { expect, inBothModes, signedOut, test } from './support/test.ts';

// Its own server, and an account for each test: failures count for both.
test.use({ serverOptions: { name: 'throttled' }, storageState: signedOut });

inBothModes((scripts) => {
  test('after ten wrong passwords even the right one has to wait, and how long is said', async ({ page, context, server, expectFailure }) => {
    expectFailure(422, 429);
    const { email, password } = await createMember(server, `${scripts ? 'hydrated' : 'plain'}@example.com`);
    await page.goto('/sign-in');
    const attempt = async (typed: string) => {
      const answer = page.waitForResponse((response) => response.request().method() === 'POST');
      await fillSignIn(page, email, typed);
      return (await answer).status();
    };
    for (let count = 1; count <= 10; count++) expect(await attempt(`wrong password ${count}`), `attempt ${count}`).toBe(422);
    expect(await attempt(password)).toBe(429);
    await expect(page.getByRole('alert')).toHaveText(/try again in \d+ minutes?/i);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('clientele_session');
    expect(server.log).not.toContain('wrong password');
  });
});
