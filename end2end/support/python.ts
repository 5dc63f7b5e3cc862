import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of the programs of an environment that has what the requirements name, for as long as `use` takes. */
export async function withPython(requirements: string, use: (programs: string) => Promise<void>): Promise<void> {
  const environment = await mkdtemp(path.join(tmpdir(), 'clientele-python-'));
  const programs = path.join(environment, 'bin');
  await run('python3', ['-m', 'venv', environment]);
  await run(path.join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]);
  await use(programs);
  await rm(environment, { recursive: true, force: true });
}
