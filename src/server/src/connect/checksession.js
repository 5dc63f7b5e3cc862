// OpenID Connect Session Management, section 3.2: the page of an application asks with "client_id session_state".
addEventListener('message', async (event) => {
  const reply = (text) => event.source.postMessage(text, event.origin);
  const [client, state, ...more] = String(event.data).split(' ');
  const [hash, salt, ...rest] = (state ?? '').split('.');
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('COOKIE='));
  // Without the cookie, which some browsers keep from frames, or without hashes, which they have on https alone, nobody can
  // tell.
  if (!client || !hash || !salt || more.length || rest.length || !cookie || !crypto.subtle) return reply('error');
  const browser = cookie.slice('COOKIE='.length);
  const text = new TextEncoder().encode([client, event.origin, browser, salt].join(' '));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const encoded = btoa(String.fromCharCode(...digest)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  reply(encoded === hash ? 'unchanged' : 'changed');
});
