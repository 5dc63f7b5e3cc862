-- An edit names the version that it started from; the second of two is refused.
ALTER TABLE clients ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE client_secrets ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE roles ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

ALTER TABLE clients ADD COLUMN allow_offline_access BOOLEAN NOT NULL DEFAULT FALSE;

-- Redirect URIs, post-logout redirect URIs and CORS origins, in the order in which they were entered.
CREATE TABLE client_uris (
    client_id UUID NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('redirect', 'post_logout_redirect', 'cors_origin')),
    ordinal INTEGER NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (client_id, purpose, ordinal)
);

-- A link with which a person chooses a password, once: an invitation, or after a reset. Until then users.password_hash is
-- empty, and no password opens the account.
CREATE TABLE password_links (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL
);

-- What the list of clients reads: its order, and what its filters look at. The search key begins with the folded name and
-- ends with the id, so it orders as they do, and takes their place.
DROP INDEX clients_by_name;
ALTER TABLE clients DROP COLUMN name_key;
CREATE INDEX clients_by_search ON clients (tenant_id, kind, search_key, enabled, last_used_at, id);

-- A secret knows its tenant, so that those that end soon are found without reading all of them.
ALTER TABLE client_secrets ADD COLUMN tenant_id UUID REFERENCES tenants (id);
UPDATE client_secrets SET tenant_id = (SELECT tenant_id FROM clients WHERE id = client_id);
ALTER TABLE client_secrets ALTER COLUMN tenant_id SET NOT NULL;
CREATE INDEX client_secrets_by_end ON client_secrets (tenant_id, expires_at, client_id);
