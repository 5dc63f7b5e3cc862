-- An edit names the version that it started from; the second of two is refused.
ALTER TABLE clients ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE roles ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE clients ADD COLUMN allow_offline_access INTEGER NOT NULL DEFAULT 0;

-- Redirect URIs, post-logout redirect URIs and CORS origins, in the order in which they were entered.
CREATE TABLE client_uris (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('redirect', 'post_logout_redirect', 'cors_origin')),
    ordinal INTEGER NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (client_id, purpose, ordinal)
) STRICT;

-- A link with which a person chooses a password, once: an invitation, or after a reset. Until then users.password_hash is
-- empty, and no password opens the account.
CREATE TABLE password_links (
    user_id BLOB PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    expires_at TEXT NOT NULL
) STRICT;

-- What the list of clients reads: its order, and what its filters look at. The search key begins with the folded name and
-- ends with the id, so it orders as they do, and takes their place.
DROP INDEX clients_by_name;
ALTER TABLE clients DROP COLUMN name_key;
CREATE INDEX clients_by_search ON clients (tenant_id, kind, search_key, enabled, last_used_at, id);

-- A secret knows its tenant, so that those that end soon are found without reading all of them.
CREATE TABLE client_secrets_with_tenant (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id INTEGER NOT NULL,
    description TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (client_id, id)
) STRICT;
INSERT INTO client_secrets_with_tenant
    (client_id, tenant_id, id, description, hash, created_at, expires_at, last_used_at)
SELECT client_id, tenant_id, client_secrets.id, description, hash, client_secrets.created_at, expires_at,
    client_secrets.last_used_at
FROM client_secrets JOIN clients ON clients.id = client_id;
DROP TABLE client_secrets;
ALTER TABLE client_secrets_with_tenant RENAME TO client_secrets;
CREATE INDEX client_secrets_by_end ON client_secrets (tenant_id, expires_at, client_id);
