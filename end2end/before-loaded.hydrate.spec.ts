// A command that needs what isn't loaded yet says so; it doesn't swallow the click.
import { button, details, heading, link } from './support/clients.ts';
import { holdBack } from './support/hold-back.ts';
import { storeClient } from './support/lifecycle.ts';
import { createInvited } from './support/people.ts';
import { confirmation, createRole, expectUnusable } from './support/roles.ts';
import { expect, gotoHydrated, test } from './support/test.ts';

test('Remove waits for what it removes', async ({ page, server }) => {
  const { request } = page;
  const name = 'Not yet loaded';
  await storeClient(request, server, 'Client-Credentials Client', { name });
  await createRole(request, server, { name });
  await createInvited(request, server, { name, email: 'not.yet.loaded@example.com' });
  for (const [kind, command] of [['client', 'Remove Client'], ['role', 'Remove Role'], ['user', 'Remove User']] as const) {
    await gotoHydrated(page, `/security/${kind}s?filter=not+yet+loaded`);
    const held = await holdBack(page, `${kind}s/details`);
    await link(page, name).click();
    await expectUnusable(button(page, command), `The ${kind} is not loaded yet`);
    await button(page, command).click({ force: true });
    await expect(confirmation(page, `Remove “${name}”?`)).toHaveCount(0);
    held.release();
    await expect(heading(details(page), name)).toBeVisible();
    await expect(button(page, command)).not.toHaveAttribute('aria-disabled');
    await button(page, command).click();
    await expect(confirmation(page, `Remove “${name}”?`)).toBeVisible();
  }
});
