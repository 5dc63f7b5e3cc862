import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withPython } from '../../support/python.ts';
import { test as base } from './test.ts';

const requirements = fileURLToPath(new URL('../requirements.txt', import.meta.url));

/** `python` is the program of an environment that has what the requirements name. */
export const test = base.extend<object, { python: string }>({
  python: [
    async ({}, use) => withPython(requirements, (programs) => use(path.join(programs, 'python'))),
    { scope: 'worker', timeout: 180_000 },
  ],
});
