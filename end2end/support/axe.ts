import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

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

export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

export interface Look {
  colorScheme: 'light' | 'dark';
  size: keyof typeof sizes;
  viewport: { width: number; height: number };
}

/** Describes the same tests in both themes, wide and narrow. */
export function inEveryLook(describe: (look: Look) => void): void {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of ['wide', 'narrow'] as const) {
      const viewport = sizes[size];
      test.describe(`${colorScheme}, ${size}`, () => {
        test.use({ colorScheme, viewport });
        describe({ colorScheme, size, viewport });
      });
    }
  }
}
