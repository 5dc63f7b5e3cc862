import type { Page } from '@playwright/test';

/** One of System, Light, Dark in the open popover Theme: a button or a radio. */
export function themeChoice(page: Page, name: string) {
  const popover = page.locator('[popover]:popover-open');
  return popover.getByRole('button', { name, exact: true }).or(popover.getByRole('radio', { name, exact: true }));
}
