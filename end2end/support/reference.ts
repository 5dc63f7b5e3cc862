import type { Page } from '@playwright/test';

export const operation = (page: Page, id: string) => page.locator(`details[id="${id}"]`);
export const openOperation = (page: Page, id: string) => operation(page, id).locator('summary').click();
