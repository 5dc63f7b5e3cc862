// Code Examples as the page shows them, run as they are: only the secret is put in. Python's libraries come from PyPI,
// JavaScript's from npm; for the other languages there is no compiler here.
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import * as oidc from 'openid-client';
import { createClient } from '../support/clients.ts';
import { openExample, placeholder, tabUrl } from '../support/details-tabs.ts';
import type { ClientType } from '../support/lifecycle.ts';
import { gotoHydrated } from '../support/test.ts';
import type { Credentials } from '../support/tokens.ts';
import { Program } from './support/program.ts';
import { test as base } from './support/python.ts';
import { discover, storeApplication } from './support/relying-party.ts';
import { signInFor } from './support/sign-in.ts';
import { expect } from './support/test.ts';

const packages = fileURLToPath(new URL('../node_modules', import.meta.url));
const files = { curl: 'example.sh', Python: 'example.py', JavaScript: 'example.mjs' };
type Language = keyof typeof files;
const languages = Object.keys(files) as Language[];

interface Fixtures {
  folder: string;
  /** Takes the example in a language from the page of a client, and starts it. */
  start: (page: Page, type: ClientType, credentials: Credentials, language: Language) => Promise<Program>;
}

const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'clientele-example-'));
    await symlink(packages, path.join(folder, 'node_modules'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  start: async ({ folder, python }, use) => {
    const programs: Program[] = [];
    const commands = { curl: 'sh', Python: python, JavaScript: process.execPath };
    await use(async (page, type, credentials, language) => {
      await gotoHydrated(page, tabUrl(type, credentials, 'code'));
      const code = (await (await openExample(page, language)).textContent())!;
      const file = path.join(folder, files[language]);
      await writeFile(file, code.replaceAll(placeholder, credentials.secret));
      const program = new Program(commands[language], file);
      programs.push(program);
      return program;
    });
    for (const program of programs) program.stop();
  },
});

// One environment of Python for all of them, so they run in one worker.
test.describe.configure({ mode: 'default' });

for (const language of languages) {
  test(`${language}: a client-credentials client gets a token`, async ({ page, server, start }) => {
    const credentials = await createClient(server, { name: `Pump station in ${language}` });
    const program = await start(page, 'Client-Credentials Client', credentials, language);
    const [token] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(await program.finish())!;
    const introspection = await oidc.tokenIntrospection(await discover(server, credentials), token);
    expect(introspection).toMatchObject({ active: true, client_id: credentials.id, scope: 'ocsapi' });
  });

  for (const type of ['Authorization Code', 'Hybrid'] as const) {
    test(`${language}: somebody signs in to a client of type ${type}`, async ({ page, request, server, application, visitor, person, start }) => {
      const name = `Reports in ${language}, ${type}`;
      const credentials = await storeApplication(request, server, type, name, application.origin());
      const program = await start(page, type, credentials, language);
      await visitor.goto(await program.printed(/^http:\S+\/connect\/authorize\?\S+$/m));
      await signInFor(visitor, name, person);
      await visitor.waitForURL((url) => url.pathname === '/callback');
      const output = await program.finish(`${visitor.url()}\n`);
      // curl shows the tokens, the libraries who it is.
      expect(output).toContain(language === 'curl' ? '"refresh_token"' : person.email);
    });
  }
}
