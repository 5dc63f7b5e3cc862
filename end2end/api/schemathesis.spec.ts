// Schemathesis calls every operation of the description with thousands of right and wrong requests, and holds the answers
// against it: all of its checks are on.
import path from 'node:path';
import { accessToken } from '../support/tokens.ts';
import { administrating, expect, folder, run, test } from './tools.ts';

test('the API is as it is described', async ({ server, programs }) => {
  test.setTimeout(1_800_000);
  const client = await administrating(server, 'Schemathesis');
  const { text, tenant } = await accessToken(server, client);
  const env = { TENANT: tenant, CLIENT: client.id, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  const { code, said } = await run(
    path.join(programs, 'schemathesis'),
    [
      ...['--config-file', 'schemathesis.toml', 'run', `${server.url}/api/openapi.json`],
      ...['--checks', 'all', '--header', `Authorization: Bearer ${text}`],
      // The same requests each time: what it finds can be looked at again.
      ...['--generation-deterministic', '--generation-database', 'none', '--max-examples', '25', '--no-color'],
    ],
    env,
  );
  expect(code, said).toBe(0);
  expect(server.log).not.toMatch(/ERROR|panicked/);
  // Otherwise most of it was refused.
  const roles = await fetch(`${server.url}/api/v1/Tenants/${tenant}/Roles`, { headers: { authorization: `Bearer ${text}` } });
  expect(roles.status).toBe(200);
});
