-- The second cookie of a session, for applications, by its SHA-256; and the name under which ID tokens know the session.
-- Sessions that began before have neither, and sign nobody in to an application.
ALTER TABLE sessions ADD COLUMN authorize_hash BLOB;
ALTER TABLE sessions ADD COLUMN sid BLOB;
CREATE UNIQUE INDEX sessions_by_authorize ON sessions (authorize_hash);

ALTER TABLE clients ADD COLUMN allow_access_tokens_via_browser INTEGER NOT NULL DEFAULT 0;

-- Authorization requests that wait for somebody to sign in, or were posted. token_hash is the SHA-256 of what resumes one.
CREATE TABLE authorize_requests (
    token_hash BLOB PRIMARY KEY,
    query TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX authorize_requests_by_end ON authorize_requests (expires_at);

-- What a person allowed a client, by signing in to it. From ended_at on none of its tokens is good; after expires_at there
-- can't be any.
CREATE TABLE grants (
    id BLOB PRIMARY KEY,
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    auth_time TEXT NOT NULL,
    sid BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX grants_by_client ON grants (client_id);
CREATE INDEX grants_by_user ON grants (user_id);
CREATE INDEX grants_by_end ON grants (expires_at);

-- The code of each grant, by its SHA-256. It stays when it was used, so that a second use is known.
CREATE TABLE authorization_codes (
    code_hash BLOB PRIMARY KEY,
    grant_id BLOB NOT NULL UNIQUE REFERENCES grants (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    code_challenge BLOB,
    nonce TEXT,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

-- The refresh tokens of each grant, one after the other, by their SHA-256. Used ones stay for the same reason.
CREATE TABLE refresh_tokens (
    token_hash BLOB PRIMARY KEY,
    grant_id BLOB NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);

-- Whether any client lists an origin.
CREATE INDEX client_uris_by_uri ON client_uris (uri, purpose);
