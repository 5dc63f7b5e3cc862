// Sends the requests of the reference with the token that was typed, which is kept nowhere else, and shows what comes back.
'use strict';

const shown = ['operation-id', 'total-count', 'etag', 'location', 'retry-after', 'www-authenticate'];

function request(form) {
  const { method, path } = form.dataset;
  const value = (id) => document.getElementById(id).value.trim();
  const headers = new Headers();
  if (value('token') !== '') headers.set('authorization', `Bearer ${value('token')}`);
  const query = new URLSearchParams();
  let body;
  let address = path.replace('{tenantId}', encodeURIComponent(value('tenant')));
  for (const field of form.querySelectorAll('[data-place]')) {
    const given = field.value.trim();
    if (field.dataset.place === 'path') {
      address = address.replace(`{${field.name}}`, encodeURIComponent(given));
    } else if (given === '') {
      continue;
    } else if (field.dataset.place === 'header') {
      headers.set(field.name, given);
    } else if (field.dataset.place === 'body') {
      headers.set('content-type', 'application/json');
      body = given;
    } else {
      const several = 'several' in field.dataset ? given.split(/\s+/) : [given];
      for (const one of several) query.append(field.name, one);
    }
  }
  const asked = query.toString() === '' ? '' : `?${query}`;
  // Never with the cookies of the portal.
  return new Request(address + asked, { method, headers, body, credentials: 'omit' });
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(form) {
  const status = form.querySelector('[role="status"]');
  const output = form.querySelector('pre');
  output.hidden = true;
  try {
    const answer = await fetch(request(form));
    const lines = shown.filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}`);
    const body = pretty(await answer.text());
    status.textContent = `${answer.status} ${answer.statusText}`;
    output.textContent = [lines.join('\n'), body].filter((part) => part !== '').join('\n\n');
    output.hidden = false;
  } catch (error) {
    status.textContent = `The request could not be sent: ${error.message}. Check what you typed and the connection.`;
  }
}

document.querySelector('.credentials').addEventListener('submit', (event) => event.preventDefault());
for (const form of document.querySelectorAll('.try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(form);
  });
}
