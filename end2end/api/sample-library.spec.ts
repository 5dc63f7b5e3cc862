// The published library of the product whose API this is, unchanged: scripts written for it need only another base URL.
import path from 'node:path';
import { accessToken } from '../support/tokens.ts';
import { administrating, expect, run, test } from './tools.ts';

test('the published sample library works with roles and users', async ({ server, programs }) => {
  const client = await administrating(server, 'Sample library');
  const { tenant } = await accessToken(server, client);
  const given = { url: server.url, tenant, client_id: client.id, client_secret: client.secret };
  const { code, said } = await run(path.join(programs, 'python'), ['sample_library.py'], {}, JSON.stringify(given));
  expect(code, said).toBe(0);
});
