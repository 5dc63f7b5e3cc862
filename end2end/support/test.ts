import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page, type TestInfo } from '@playwright/test';
import { Server, type ServerOptions } from './server.ts';
import { signIn } from './sign-in.ts';

export { expect };
export type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** For specs that start signed out: `test.use({ storageState: signedOut })`. */
export const signedOut: State = { cookies: [], origins: [] };

export interface WorkerFixtures {
  /** A file that sets it gets a worker, and so a server, of its own. */
  serverOptions: ServerOptions;
  server: Server;
  /** The administrator's session, made once by the sign-in form. */
  administratorState: State;
}

interface TestFixtures {
  /** Announces statuses whose "Failed to load resource" is not an error of this test. */
  expectFailure: (...statuses: number[]) => void;
  announced: Set<number>;
  /** What must not happen, as it is seen. */
  problems: string[];
  /** One more context, signed out, watched like the first one and closed with the test. */
  newContext: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** Opens a page; with scripts on it waits for hydration. */
  visit: (url: string) => Promise<void>;
  /** One more server, ended with the test. */
  freshServer: (options: ServerOptions) => Promise<Server>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  serverOptions: [{ name: 'shared' }, { option: true, scope: 'worker' }],

  server: [
    async ({ serverOptions }, use) => {
      const server = await Server.start(serverOptions);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  administratorState: [
    async ({ server, browser }, use) => {
      const context = await browser.newContext({ baseURL: server.url });
      await signIn(await context.newPage());
      const state = await context.storageState();
      await context.close();
      await use(state);
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),
  storageState: async ({ administratorState }, use) => use(administratorState),

  announced: async ({}, use) => use(new Set()),
  expectFailure: async ({ announced }, use) => use((...statuses) => statuses.forEach((status) => announced.add(status))),

  problems: async ({ announced }, use) => {
    const problems: string[] = [];
    await use(problems);
    const unexpected = problems.filter((problem) => {
      const status = /^Failed to load resource: .* status of (\d+)/.exec(problem)?.[1];
      return !(status && announced.has(Number(status)));
    });
    expect(unexpected, 'console errors, page errors and CSP violations').toEqual([]);
  },

  context: async ({ context, problems, server }, use, testInfo) => {
    await watch(context, problems);
    await use(context);
    await attachLog(server, testInfo);
  },

  newContext: async ({ browser, problems, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: server.url, storageState: signedOut, ...options });
      contexts.push(context);
      await watch(context, problems);
      return context;
    });
    for (const context of contexts) await context.close();
  },

  visit: async ({ page, javaScriptEnabled }, use) =>
    use(async (url) => {
      if (javaScriptEnabled === false) await page.goto(url);
      else await gotoHydrated(page, url);
    }),

  freshServer: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (options) => {
      const server = await Server.start(options);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },
});

/** After a test that failed: what the server said. */
export async function attachLog(server: Server, testInfo: TestInfo): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('server.log', { body: server.log.slice(-20_000), contentType: 'text/plain' });
}

/** Collects what must not happen in any page of the context. */
async function watch(context: BrowserContext, problems: string[]): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(String(error.error().stack ?? error.error())));
  // Chromium prints most violations itself; the event catches those of frames and workers too.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}

/** From here on every control acts. */
export async function gotoHydrated(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await hydrated(page);
}

/** Opens a page as the server sent it: its wasm is kept back until the returned function is called. */
export async function gotoUnhydrated(page: Page, url: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return release;
}

export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('body[data-hydrated]')).toBeAttached({ timeout: 30_000 });
}

/** Describes the same tests twice: hydrated, and with scripts off. */
export function inBothModes(describe: (scripts: boolean) => void): void {
  for (const scripts of [true, false]) {
    test.describe(scripts ? 'hydrated' : 'scripts off', () => {
      test.use({ javaScriptEnabled: scripts });
      describe(scripts);
    });
  }
}
