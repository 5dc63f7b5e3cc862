// Whole flows by Authlib, which comes from PyPI. The sign-in page is used by plain HTTP: it needs no script.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { storeApplication } from './support/relying-party.ts';
import { expect, test } from './support/test.ts';

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// One environment for both tests, so they run in one worker.
test.describe.configure({ mode: 'default' });

let environment: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  environment = await mkdtemp(path.join(tmpdir(), 'clientele-authlib-'));
  await run('python3', ['-m', 'venv', environment]);
  const packages = ['install', '--quiet', '--disable-pip-version-check', '--requirement', here('requirements.txt')];
  await run(path.join(environment, 'bin/pip'), packages);
});

test.afterAll(() => rm(environment, { recursive: true, force: true }));

for (const type of ['Authorization Code', 'Hybrid'] as const) {
  test(`Authlib as a client of type ${type}`, async ({ request, server, person }) => {
    // Nobody listens there: the script stops before it.
    const origin = 'https://app.example.com';
    const credentials = await storeApplication(request, server, type, `Authlib, ${type}`, origin);
    const script = run(path.join(environment, 'bin/python'), [here('authlib_client.py')]);
    script.child.stdin!.end(
      JSON.stringify({
        issuer: `${server.url}/identity`,
        client_id: credentials.id,
        client_secret: credentials.secret,
        redirect_uri: `${origin}/callback`,
        email: person.email,
        password: person.password,
      }),
    );
    const { claims, userinfo, after_revocation } = JSON.parse((await script).stdout);
    expect(claims).toMatchObject({ aud: credentials.id, name: person.name, email: person.email });
    expect(userinfo).toMatchObject({ sub: claims.sub, name: person.name, email: person.email });
    expect(after_revocation).toBe('invalid_grant');
  });
}
