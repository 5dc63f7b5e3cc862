// What a wrong URL gets: the rule at its box, the focus there, nothing typed lost, nothing stored. And HTML is text.
import type { Page } from '@playwright/test';
import { addClient } from '../support/add-client.ts';
import { button, created, details, expectMessage, field, heading, link, text } from '../support/clients.ts';
import { addUrl, corsOrigins, entries, expectNotStored, logoutUrls, openClients, redirectUrls, shownUrls, urlBox, urlList } from '../support/lifecycle.ts';
import { createPerson, openUser } from '../support/people.ts';
import { addRole, confirmation, listed, openRole } from '../support/roles.ts';
import { expect, test } from '../support/test.ts';

const type = 'Authorization Code';

/** Opens Add Client with a name in it. */
async function begin(page: Page, name: string): Promise<void> {
  await openClients(page, type);
  await button(page, 'Add Client').click();
  await text(page, 'Name').fill(name);
}

/** The message stands at the box, which has the focus and what was typed. */
async function expectRefused(page: Page, label: string, url: string, ...words: string[]): Promise<void> {
  await expectMessage(urlBox(page, label), label, ...words);
  await expect(urlBox(page, label)).toBeFocused();
  await expect(urlBox(page, label)).toHaveValue(url);
}

const wrong: [what: string, url: string, words: string][] = [
  ['http beyond this machine', 'http://app.example.com/cb', 'http is for this machine alone: localhost, 127.0.0.1 or [::1]. Use https.'],
  ['a fragment', 'https://app.example.com/cb#top', 'It holds a fragment (#). Remove that part.'],
  ['a wildcard', 'https://*.example.com/cb', 'It holds a wildcard (*). Enter each URL in full.'],
  ['user info', 'https://ada:pw@app.example.com/cb', 'It holds a user name before @. Remove that part.'],
  ['no scheme', 'app.example.com/cb', 'It has no scheme. Begin with https://.'],
  ['a script', 'javascript:alert(1)', 'The scheme “javascript” is not allowed.'],
  ['a backslash', 'https://app.example.com\\@evil.example', 'It holds a backslash (\\). Use / instead.'],
  ['port 65536', 'https://app.example.com:65536/cb', 'Its port is not a number from 1 to 65535.'],
  ['a bidirectional character', 'https://app.example.com/\u202Ecb', "It holds a character that can't be seen (U+202E). Remove it."],
  ['a host beyond ASCII', 'https://bücher.example/cb', 'It holds “ü”. A URL is written in ASCII: the host in its xn-- form'],
];

for (const [what, url, words] of wrong) {
  test(`a redirect URL with ${what} is refused by + and by Add`, async ({ page }) => {
    await begin(page, `Refused ${what}`);
    await field(page, 'Token Lifetime').fill('600');
    await addUrl(page, redirectUrls, 'https://right.example.com/cb', '+');
    await urlBox(page, redirectUrls).fill(url);
    for (const control of [button(urlList(page, redirectUrls), '+'), button(page, 'Add')]) {
      await control.click();
      await expectRefused(page, redirectUrls, url, words);
      await expect(entries(page, redirectUrls)).toHaveText(['https://right.example.com/cb']);
      await text(page, 'Name').focus();
    }
    await expect(text(page, 'Name')).toHaveValue(`Refused ${what}`);
    await expect(field(page, 'Token Lifetime')).toHaveValue('600');
    await expect(created(page)).toBeHidden();
    await expectNotStored(page, type, `Refused ${what}`);
  });
}

test('a right entry takes the message away', async ({ page }) => {
  await begin(page, 'Corrected');
  await urlBox(page, logoutUrls).fill('app.example.com');
  await urlBox(page, logoutUrls).press('Enter');
  await expectRefused(page, logoutUrls, 'app.example.com', 'It has no scheme.');
  await addUrl(page, logoutUrls, 'https://app.example.com', 'Enter');
  await expect(urlBox(page, logoutUrls)).not.toHaveAttribute('aria-invalid');
  await expect(page.getByText('It has no scheme.')).toHaveCount(0);
});

test('two boxes with wrong entries: both are told, the first has the focus', async ({ page }) => {
  await begin(page, 'Twice wrong');
  await urlBox(page, redirectUrls).fill('ftp://app.example.com');
  await urlBox(page, corsOrigins).fill('app.example.com');
  await button(page, 'Add').click();
  await expectRefused(page, redirectUrls, 'ftp://app.example.com', 'The scheme “ftp” is not allowed.');
  await expectMessage(urlBox(page, corsOrigins), corsOrigins, 'It has no scheme.');
  await expect(urlBox(page, corsOrigins)).toHaveValue('app.example.com');
});

for (const label of [redirectUrls, logoutUrls, corsOrigins]) {
  test(`the 11th entry of ${label} is refused, and one that is there already`, async ({ page }) => {
    await begin(page, `Full ${label}`);
    const urls = Array.from({ length: 10 }, (_, index) => `https://app${index}.example.com`);
    await addUrl(page, label, urls[0]!, 'Enter');
    await urlBox(page, label).fill(urls[0]!);
    await button(urlList(page, label), '+').click();
    await expectRefused(page, label, urls[0]!, 'holds this entry already.');
    for (const url of urls.slice(1)) await addUrl(page, label, url, 'Enter');
    await urlBox(page, label).fill('https://one-more.example.com');
    await button(urlList(page, label), '+').click();
    await expectRefused(page, label, 'https://one-more.example.com', 'holds at most 10 entries. Remove one first.');
    await expect(entries(page, label)).toHaveText(urls);
  });
}

for (const each of ['Authorization Code', 'Hybrid'] as const) {
  test(`no redirect URL at all: the message stands at the box, and nothing is stored (${each})`, async ({ page }) => {
    await openClients(page, each);
    await button(page, 'Add Client').click();
    await text(page, 'Name').fill('Leads nowhere');
    await button(page, each === 'Hybrid' ? 'Next' : 'Add').click();
    await expectRefused(page, redirectUrls, '', 'Add at least one URL.');
    await expect(text(page, 'Name')).toHaveValue('Leads nowhere');
    await expectNotStored(page, each, 'Leads nowhere');
  });
}

test('a CORS origin is scheme, host and port alone, and is kept as browsers send it', async ({ page }) => {
  await begin(page, 'Kept origins');
  await urlBox(page, redirectUrls).fill('https://app.example.com/cb');
  await urlBox(page, corsOrigins).fill('https://app.example.com/path');
  await button(urlList(page, corsOrigins), '+').click();
  await expectRefused(page, corsOrigins, 'https://app.example.com/path', 'An origin is scheme, host and port alone.');
  await urlBox(page, corsOrigins).fill('HTTPS://App.Example.com:443/');
  await button(urlList(page, corsOrigins), '+').click();
  await expect(entries(page, corsOrigins)).toHaveText(['https://app.example.com']);
  await button(page, 'Add').click();
  await button(created(page), 'Close').click();
  await expect(shownUrls(page, corsOrigins)).toHaveText(['https://app.example.com']);
});

const html = (what: string) => `<b>${what}</b><img src=x onerror=alert(1)>"'&amp;`;

/** Nothing of it has become an element, neither as the browser drew it nor as the server does. */
async function expectText(page: Page, what: string, shown: (page: Page) => Promise<void>): Promise<void> {
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await shown(page);
    await expect(page.locator('b, img[src=x]')).toHaveCount(0);
    expect(await page.locator('body').innerText()).toContain(html(what));
  }
}

test('HTML in the name of a client and the description of its secret is shown as text', async ({ page }) => {
  await addClient(page, { name: html('client'), description: html('secret') });
  await expect(created(page)).toContainText(html('client'));
  await button(created(page), 'Close').click();
  await expectText(page, 'client', async () => {
    await expect(heading(details(page), html('client'))).toBeVisible();
    await expect(details(page)).toContainText(html('secret'));
  });
  await page.getByRole('radio', { name: html('secret'), exact: true }).check();
  await button(page, 'Remove Secret').click();
  await expect(confirmation(page, `Remove the secret “${html('secret')}”?`)).toContainText(html('client'));
  await page.keyboard.press('Escape');
  await button(page, 'Edit Client').click();
  await expect(text(page, 'Name')).toHaveValue(html('client'));
});

test('HTML in the name and description of a role is shown as text', async ({ page }) => {
  await addRole(page, { name: html('role'), description: html('description') });
  await expectText(page, 'role', async () => {
    await openRole(page, html('role'));
    await expect(details(page)).toContainText(html('description'));
  });
  await openClients(page, 'Client-Credentials Client');
  await button(page, 'Add Client').click();
  await expect(page.getByRole('checkbox', { name: html('role'), exact: true })).toBeVisible();
});

test('HTML in the name of a user is shown as text', async ({ page, server }) => {
  await createPerson(server, { name: html('user'), email: 'html@example.com' });
  await expectText(page, 'user', () => openUser(page, html('user')));
  await expect(listed(page).filter({ hasText: html('user') })).toHaveCount(1);
  await expect(link(page, html('user'))).toBeVisible();
});
