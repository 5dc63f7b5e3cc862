-- A grant has one code: both are one row, which one statement keeps. code_hash is the SHA-256 of the code, which stays when it was
-- used, so that a second use is known.
ALTER TABLE grants ADD COLUMN code_hash BYTEA;
ALTER TABLE grants ADD COLUMN redirect_uri TEXT;
ALTER TABLE grants ADD COLUMN code_challenge BYTEA;
ALTER TABLE grants ADD COLUMN nonce TEXT;
ALTER TABLE grants ADD COLUMN code_expires_at TIMESTAMPTZ;
ALTER TABLE grants ADD COLUMN code_used_at TIMESTAMPTZ;
UPDATE grants SET code_hash = c.code_hash, redirect_uri = c.redirect_uri, code_challenge = c.code_challenge, nonce = c.nonce,
    code_expires_at = c.expires_at, code_used_at = c.used_at
FROM authorization_codes c WHERE c.grant_id = grants.id;
CREATE UNIQUE INDEX grants_by_code ON grants (code_hash);
DROP TABLE authorization_codes;
