-- The second cookie of a session, for applications, by its SHA-256; and the name under which ID tokens know the session.
-- Sessions that began before have neither, and sign nobody in to an application.
ALTER TABLE sessions ADD COLUMN authorize_hash BYTEA;
ALTER TABLE sessions ADD COLUMN sid UUID;
CREATE UNIQUE INDEX sessions_by_authorize ON sessions (authorize_hash);

ALTER TABLE clients ADD COLUMN allow_access_tokens_via_browser BOOLEAN NOT NULL DEFAULT FALSE;

-- Authorization requests that wait for somebody to sign in, or were posted. token_hash is the SHA-256 of what resumes one.
CREATE TABLE authorize_requests (
    token_hash BYTEA PRIMARY KEY,
    query TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX authorize_requests_by_end ON authorize_requests (expires_at);

-- What a person allowed a client, by signing in to it. From ended_at on none of its tokens is good; after expires_at there
-- can't be any.
CREATE TABLE grants (
    id UUID PRIMARY KEY,
    client_id UUID NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    auth_time TIMESTAMPTZ NOT NULL,
    sid UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE INDEX grants_by_client ON grants (client_id);
CREATE INDEX grants_by_user ON grants (user_id);
CREATE INDEX grants_by_end ON grants (expires_at);

-- The code of each grant, by its SHA-256. It stays when it was used, so that a second use is known.
CREATE TABLE authorization_codes (
    code_hash BYTEA PRIMARY KEY,
    grant_id UUID NOT NULL UNIQUE REFERENCES grants (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    code_challenge BYTEA,
    nonce TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

-- The refresh tokens of each grant, one after the other, by their SHA-256. Used ones stay for the same reason.
CREATE TABLE refresh_tokens (
    token_hash BYTEA PRIMARY KEY,
    grant_id UUID NOT NULL REFERENCES grants (id) ON DELETE CASCADE,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id);

-- Whether any client lists an origin.
CREATE INDEX client_uris_by_uri ON client_uris (uri, purpose);
