import { expect, type Page } from '@playwright/test';
import type { Person } from '../../support/people.ts';

/** Signs in on the page that an application led to; it says which one asks. */
export async function signInFor(page: Page, application: string, person: Person): Promise<void> {
  await expect(page.getByText(application).first()).toBeVisible();
  await page.locator('#email').fill(person.email);
  await page.locator('#password').fill(person.password);
  await page.locator('#submit').click();
}
