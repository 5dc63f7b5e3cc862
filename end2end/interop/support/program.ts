import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { expect } from '@playwright/test';

/** A program that runs in a terminal, as far as it knows. */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly exited: Promise<number | null>;
  private output = '';
  private errors = '';

  constructor(command: string, file: string) {
    this.child = spawn(command, [file]);
    this.child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.child.stdin.on('error', () => {}); // it may end without reading
    this.exited = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', resolve);
    });
  }

  /** Waits until it prints what matches. */
  async printed(pattern: RegExp): Promise<string> {
    const found = () => pattern.exec(this.output)?.[0] ?? '';
    await expect.poll(found, `${pattern} in the output, beside ${this.errors}`).not.toBe('');
    return found();
  }

  /** Types this, and waits for its end; answers all that it printed. */
  async finish(typed = ''): Promise<string> {
    this.child.stdin.end(typed);
    expect(await this.exited, this.errors).toBe(0);
    return this.output;
  }

  stop(): void {
    this.child.kill();
  }
}
