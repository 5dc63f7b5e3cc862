-- A key signs either access tokens or ID tokens. Those before signed access tokens: there were no others.
ALTER TABLE signing_keys ADD COLUMN purpose TEXT NOT NULL DEFAULT 'access-tokens';
