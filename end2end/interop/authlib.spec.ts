// Whole flows by Authlib, which comes from PyPI. The sign-in page is used by plain HTTP: it needs no script.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from './support/python.ts';
import { storeApplication } from './support/relying-party.ts';
import { expect } from './support/test.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('authlib_client.py', import.meta.url));

// One environment for both tests, so they run in one worker.
test.describe.configure({ mode: 'default' });

for (const type of ['Authorization Code', 'Hybrid'] as const) {
  test(`Authlib as a client of type ${type}`, async ({ request, server, person, python }) => {
    // Nobody listens there: the script stops before it.
    const origin = 'https://app.example.com';
    const credentials = await storeApplication(request, server, type, `Authlib, ${type}`, origin);
    const running = run(python, [script]);
    running.child.stdin!.end(
      JSON.stringify({
        issuer: `${server.url}/identity`,
        client_id: credentials.id,
        client_secret: credentials.secret,
        redirect_uri: `${origin}/callback`,
        email: person.email,
        password: person.password,
      }),
    );
    const { claims, userinfo, after_revocation } = JSON.parse((await running).stdout);
    expect(claims).toMatchObject({ aud: credentials.id, name: person.name, email: person.email });
    expect(userinfo).toMatchObject({ sub: claims.sub, name: person.name, email: person.email });
    expect(after_revocation).toBe('invalid_grant');
  });
}
