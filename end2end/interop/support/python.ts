import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test as base } from './test.ts';

const run = promisify(execFile);
const requirements = fileURLToPath(new URL('../requirements.txt', import.meta.url));

/** `python` is the program of an environment that has what the requirements name. */
export const test = base.extend<object, { python: string }>({
  python: [
    async ({}, use) => {
      const environment = await mkdtemp(path.join(tmpdir(), 'clientele-python-'));
      await run('python3', ['-m', 'venv', environment]);
      const packages = ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
      await run(path.join(environment, 'bin/pip'), packages);
      await use(path.join(environment, 'bin/python'));
      await rm(environment, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
