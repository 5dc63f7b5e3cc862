import type { Page } from '@playwright/test';
import type { Server } from './server.ts';

/** Names each place that holds the secret: the page, what the browser keeps, the server's log and database. */
export async function placesHolding(page: Page, server: Server, secret: string): Promise<string[]> {
  const browser = await page.evaluate(() => ({
    page:
      document.documentElement.outerHTML +
      [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map((field) => field.value).join(),
    url: location.href,
    'history.state': JSON.stringify(history.state) ?? '',
    localStorage: JSON.stringify(localStorage),
    sessionStorage: JSON.stringify(sessionStorage),
    'window.name': window.name,
  }));
  const places = {
    ...browser,
    cookies: JSON.stringify(await page.context().cookies()),
    log: server.log,
    database: await server.stored(),
  };
  return Object.entries(places)
    .filter(([, content]) => content.includes(secret))
    .map(([place]) => place);
}

/** Records from now on what the server answers; `holding` names the addresses whose answer had the text in it. */
export function recordAnswers(page: Page): { holding: (text: string) => Promise<string[]> } {
  const answers: Promise<{ path: string; body: string }>[] = [];
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (path.startsWith('/pkg/')) return;
    // A redirect has no body, and a page that is left takes its answers along.
    answers.push(response.text().then((body) => ({ path, body }), () => ({ path, body: '' })));
  });
  return {
    holding: async (text) => (await Promise.all(answers)).filter(({ body }) => body.includes(text)).map(({ path }) => path),
  };
}
