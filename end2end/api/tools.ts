import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createClient } from '../support/clients.ts';
import { withPython } from '../support/python.ts';
import type { Server } from '../support/server.ts';
import { test as base } from '../support/test.ts';
import type { Credentials } from '../support/tokens.ts';

export { expect } from '../support/test.ts';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** The folder of these files. */
export const folder = fileURLToPath(new URL('.', import.meta.url));

/** `programs` is the folder of the programs that the requirements name. */
export const test = base.extend<object, { programs: string }>({
  programs: [async ({}, use) => withPython(requirements, use), { scope: 'worker', timeout: 300_000 }],
});

/** A client that may change everything. */
export const administrating = (server: Server, name: string): Promise<Credentials> =>
  createClient(server, { name, roles: ['Tenant Administrator'], tokenLifetime: 3600 });

/** Runs a program to its end: its exit code and all that it said. */
export async function run(program: string, args: string[], env: NodeJS.ProcessEnv, input = ''): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 64 << 20 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    );
    child.stdin!.end(input);
  });
}
