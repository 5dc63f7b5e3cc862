import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';

const binary = '/usr/sbin/apache2';
const modules = '/usr/lib/apache2/modules';

/** What its page shows of whoever is signed in: what a program behind it would be told. */
const page = `<!doctype html>
<html lang="en"><title>Behind sign-in</title>
<dl>
<dt>User<dd id="user"><!--#echo var="REMOTE_USER" -->
<dt>Name<dd id="name"><!--#echo var="OIDC_CLAIM_name" -->
<dt>Subject<dd id="sub"><!--#echo var="OIDC_CLAIM_sub" -->
</dl></html>`;

export interface RelyingParty {
  issuer: string;
  id: string;
  secret: string;
  /** Lines of `mod_auth_openidc`'s configuration. */
  settings: string[];
}

/** Debian's Apache with `mod_auth_openidc` before everything under `/private/`. */
export class Apache {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  private constructor(
    readonly origin: string,
    private readonly folder: string,
  ) {
    this.child = spawn(binary, ['-D', 'FOREGROUND', '-d', folder, '-f', path.join(folder, 'apache.conf')], { stdio: 'ignore' });
    this.exited = new Promise((resolve) => {
      this.child.on('error', resolve);
      this.child.on('exit', resolve);
    });
    // A worker that is cut short must not leave a server behind.
    process.on('exit', () => this.child.kill('SIGKILL'));
  }

  /** Where it will be; what it must be told is known only when the client exists. */
  static async place(): Promise<string> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return `http://127.0.0.1:${port}`;
  }

  static async start(origin: string, party: RelyingParty): Promise<Apache> {
    expect(existsSync(binary) && existsSync(`${modules}/mod_auth_openidc.so`), '.ci/need interop installs Apache').toBe(true);
    const folder = await mkdtemp(path.join(tmpdir(), 'clientele-apache-'));
    // Its workers are somebody else when root starts it. Only root reads the configuration, which holds the secret.
    await chmod(folder, 0o755);
    await writeFile(path.join(folder, 'apache.conf'), configuration(origin, folder, party), { mode: 0o600 });
    for (const site of ['site', 'site/private']) await mkdir(path.join(folder, site));
    await writeFile(path.join(folder, 'site/private/index.html'), page);
    await writeFile(path.join(folder, 'site/signed-out.html'), '<!doctype html><html lang="en"><title>Signed out</title></html>');
    const apache = new Apache(origin, folder);
    const answers = () => fetch(`${origin}/signed-out.html`).then((answer) => answer.status, () => 0);
    await expect.poll(answers, 'Apache answers').toBe(200);
    return apache;
  }

  log(): Promise<string> {
    return readFile(path.join(this.folder, 'error.log'), 'utf8');
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.exited;
    await rm(this.folder, { recursive: true, force: true });
  }
}

function configuration(origin: string, folder: string, { issuer, id, secret, settings }: RelyingParty): string {
  const load = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'include', 'auth_openidc'];
  const asRoot = process.getuid!() === 0 ? ['User www-data', 'Group www-data'] : [];
  return `
ServerName ${new URL(origin).hostname}
Listen ${new URL(origin).host}
DefaultRuntimeDir ${folder}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
LogLevel warn
${load.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
${asRoot.join('\n')}
DocumentRoot ${folder}/site
<Directory ${folder}/site>
  Options Includes
  ForceType text/html
  SetOutputFilter INCLUDES
</Directory>
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${id}
OIDCClientSecret ${secret}
OIDCRedirectURI ${origin}/private/callback
OIDCCryptoPassphrase ${randomBytes(24).toString('hex')}
OIDCScope "openid profile email"
OIDCRemoteUserClaim email
${settings.join('\n')}
<Location /private/>
  AuthType openid-connect
  Require valid-user
</Location>
`;
}
