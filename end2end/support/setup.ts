import type { Page } from '@playwright/test';

/** Fills the form that the setup link opens. */
export async function fillSetup(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Administrator');
  await page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create Administrator', exact: true }).click();
}
