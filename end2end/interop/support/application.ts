import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';

export interface Received {
  method: string;
  url: URL;
  body: string;
}

/** A file that an application serves. */
export interface Page {
  type: string;
  body: string;
}

const blank: Page = { type: 'text/html', body: '<!doctype html><html lang="en"><title>Application</title></html>' };

/** An application's own server: it serves its pages, a blank one at any other path, and keeps what it was asked. */
export class Application {
  readonly pages = new Map<string, Page>();
  private readonly received: Received[] = [];

  private constructor(private readonly http: HttpServer) {}

  static async start(): Promise<Application> {
    const http = createServer();
    const application = new Application(http);
    http.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const url = new URL(request.url!, `http://${request.headers.host}`);
      application.received.push({ method: request.method!, url, body });
      const page = application.pages.get(url.pathname) ?? blank;
      response.writeHead(200, { 'content-type': `${page.type}; charset=utf-8` }).end(page.body);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return application;
  }

  /** Its address; the server listens at `127.0.0.1`, which `localhost` is too. */
  origin(host: '127.0.0.1' | 'localhost' = '127.0.0.1'): string {
    return `http://${host}:${(this.http.address() as AddressInfo).port}`;
  }

  /** Waits for the next request at this path. */
  async next(pathname: string): Promise<Received> {
    const position = () => this.received.findIndex(({ url }) => url.pathname === pathname);
    await expect.poll(position, `a request for ${pathname}`).not.toBe(-1);
    return this.received.splice(position(), 1)[0]!;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}
