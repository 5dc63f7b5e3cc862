import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe, brought in by the debugger and not by a script element, so the page's CSP stays as it is. */
export async function expectNoFindings(page: Page, state: string): Promise<void> {
  await page.evaluate(source);
  const findings = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }));
  });
  expect(findings, `axe on ${state}`).toEqual([]);
}

/** axe on states that follow one another, each with the way there from the one before. */
export async function expectNoFindingsIn(page: Page, states: [state: string, open: () => Promise<unknown>][]): Promise<void> {
  for (const [state, open] of states) {
    await open();
    await expectNoFindings(page, state);
  }
}
