import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const devBuild = fileURLToPath(new URL('../../target/debug/clientele', import.meta.url));
const binary = path.resolve(process.env.CLIENTELE_BIN || devBuild);

export const administrator = { email: 'admin@example.com', password: 'correct horse battery staple' };

export interface ServerOptions {
  /** Part of the temporary folder's name, so that a file with its own server is recognised. */
  name: string;
  /** False: the first start has no administrator and prints a setup link. */
  withAdministrator?: boolean;
  tenantName?: string;
}

/** One running `clientele serve` with a database of its own, and the command line beside it. */
export class Server {
  /** Everything the process wrote, stdout and stderr. */
  log = '';
  url = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<number | null>;
  private listeners: (() => void)[] = [];

  private constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.child = spawn(binary, ['serve', '--listen', '127.0.0.1:0'], { cwd: folder, env });
    const keep = (chunk: Buffer) => {
      this.log += chunk.toString();
      for (const listener of this.listeners) listener();
    };
    this.child.stdout!.on('data', keep);
    this.child.stderr!.on('data', keep);
    this.exited = new Promise((resolve) => {
      this.child.on('error', (error) => {
        keep(Buffer.from(`${binary}: ${error.message}\n`));
        resolve(null);
      });
      this.child.on('exit', resolve);
    });
    // A worker that is cut short must not leave a server behind.
    process.on('exit', () => this.child.kill('SIGKILL'));
  }

  static async start(options: ServerOptions): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), `clientele-${options.name}-`));
    const env: NodeJS.ProcessEnv = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CLIENTELE_'))),
      CLIENTELE_DATABASE_URL: `sqlite://${folder}/clientele.db`,
    };
    if (options.tenantName) env.CLIENTELE_TENANT_NAME = options.tenantName;
    if (options.withAdministrator !== false) {
      env.CLIENTELE_ADMIN_EMAIL = administrator.email;
      env.CLIENTELE_ADMIN_PASSWORD = administrator.password;
    }
    const server = new Server(folder, env);
    const [, address] = await server.printed(/Clientele is ready\. Open (http:\/\/\S+?)\/?\s/);
    server.url = address!;
    return server;
  }

  /** Waits until the log matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => reject(new Error(`no ${pattern} in:\n${this.log}`)), 60_000);
      const look = () => {
        const found = pattern.exec(this.log);
        if (!found) return;
        clearTimeout(giveUp);
        this.listeners = this.listeners.filter((listener) => listener !== look);
        resolve(found);
      };
      this.listeners.push(look);
      void this.exited.then((code) => {
        clearTimeout(giveUp);
        reject(new Error(`clientele ended with ${code}:\n${this.log}`));
      });
      look();
    });
  }

  /** Runs another command of the binary on the same database and gives its stdout. */
  async cli(args: string[], stdin = ''): Promise<string> {
    const child = spawn(binary, args, { cwd: this.folder, env: this.env });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on('error', () => {}); // the command may end without reading it
    child.stdin.end(stdin);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`clientele ${args.join(' ')} ended with ${code}:\n${stderr}`);
    return stdout;
  }

  /** The bytes of the database, to search them. */
  async stored(): Promise<string> {
    const names = (await readdir(this.folder)).filter((name) => name.startsWith('clientele.db'));
    const files = await Promise.all(names.map((name) => readFile(path.join(this.folder, name), 'latin1')));
    return files.join('');
  }

  /** Ends it as a service manager would; anything but a clean end is a failure. */
  async stop(): Promise<void> {
    const kill = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    this.child.kill('SIGTERM');
    const code = await this.exited;
    clearTimeout(kill);
    await rm(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`clientele ended with ${code} after SIGTERM:\n${this.log}`);
  }
}
