// Roles and people by the library that the original product's vendor publishes on PyPI, unmodified.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '../support/clients.ts';
import { grant } from '../support/tokens.ts';
import { test } from './support/python.ts';
import { expect } from './support/test.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('adh_client.py', import.meta.url));

test('adh-sample-library-preview keeps roles and people', async ({ server, python }) => {
  const credentials = await createClient(server, { name: 'Sample library', roles: ['Tenant Administrator'] });
  const { token } = await grant(server, credentials);
  const running = run(python, [script]);
  running.child.stdin!.end(
    JSON.stringify({
      url: server.url,
      tenant: token.payload['tid'],
      client_id: credentials.id,
      client_secret: credentials.secret,
    }),
  );
  const { roles, users } = JSON.parse((await running).stdout);

  const role = { Name: 'MyData.Role', Description: 'Reads my data', RoleScope: 1, TenantId: token.payload['tid'] };
  expect(roles.built_in).toHaveLength(5);
  expect(roles.made).toMatchObject(role);
  expect(roles.changed).toEqual({ ...roles.made, Description: 'Reads and writes my data' });
  expect(roles.some).toHaveLength(1);
  expect(roles).toMatchObject({ after: 404, unchangeable: 400 });

  const contact = { ContactGivenName: 'Ana', ContactSurname: 'Lima', ContactEmail: 'ana@example.com' };
  expect(users.made).toMatchObject({ ...contact, Name: 'Ana Lima', Email: 'ana@example.com', ExternalUserId: '7' });
  expect(users.made.RoleIds).toEqual([roles.member]);
  expect(users.changed).toEqual({ ...users.made, Surname: 'Lima' });
  expect(users).toMatchObject({ listed: true, taken: 409, after: 404 });
});
