import { expect, type Page } from '@playwright/test';
import { administrator, type Server } from './server.ts';

/** The sign-in page is plain server-rendered HTML: nothing to wait for. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign In', exact: true }).click();
}

export async function signIn(page: Page, person = administrator): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, person.email, person.password);
  await expect(page).toHaveURL(/\/security\/clients/);
}

/** A member without any further role, made by the command line. */
export async function createMember(server: Server, email: string): Promise<{ email: string; password: string }> {
  const password = 'a member of the tenant';
  await server.cli(['user', 'create', '--email', email, '--name', 'Mia Member', '--password-stdin'], `${password}\n`);
  return { email, password };
}
