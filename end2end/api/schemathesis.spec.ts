// Schemathesis calls every operation of the description with thousands of right and wrong requests, and holds the answers
// against it: all of its checks are on.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { authorizationRequest, discover, storeApplication } from '../interop/support/relying-party.ts';
import { expect, test as base } from '../interop/support/test.ts';
import { withPython } from '../support/python.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** `programs` is the folder of the programs that the requirements name. */
const test = base.extend<object, { programs: string }>({
  programs: [
    async ({}, use) => withPython(path.join(folder, 'requirements.txt'), use),
    { scope: 'worker', timeout: 300_000 },
  ],
});

/** Runs a program to its end: its exit code and all that it said. */
const run = (program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 64 << 20 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    );
  });

test('the API is as it is described', async ({ request, server, application, programs }, testInfo) => {
  test.setTimeout(1_800_000);
  // It calls for an administrator, who is signed in: preferences are for people alone.
  const client = await storeApplication(request, server, 'Authorization Code', 'Schemathesis', application.origin());
  const config = await discover(server, client);
  const { url, checks } = await authorizationRequest(config, application, { scope: 'openid ocsapi' });
  await request.get(url);
  const { url: callback } = await application.next('/callback');
  const { access_token: text } = await oidc.authorizationCodeGrant(config, callback, checks);
  const { sub: person, tid: tenant } = decodeJwt<{ sub: string; tid: string }>(text);
  // It leaves files where it runs.
  await mkdir(testInfo.outputDir, { recursive: true });
  const { code, said } = await run(
    path.join(programs, 'schemathesis'),
    [
      ...['--config-file', path.join(folder, 'schemathesis.toml'), 'run', `${server.url}/api/openapi.json`],
      // The same requests each time: what it finds can be looked at again.
      ...['--checks', 'all', '--generation-deterministic', '--max-examples', '25', '--no-color'],
    ],
    testInfo.outputDir,
    {
      ...process.env,
      ...{ API: `${server.url}/api`, TENANT: tenant, PERSON: person, APPLICATION: client.id, TOKEN: text },
      ...{ PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' },
    },
  );
  expect(code, said).toBe(0);
  expect(server.log).not.toMatch(/ERROR|panicked/);
  // Otherwise most of it was refused.
  const roles = await fetch(`${server.url}/api/v1/Tenants/${tenant}/Roles`, { headers: { authorization: `Bearer ${text}` } });
  expect(roles.status).toBe(200);
});
