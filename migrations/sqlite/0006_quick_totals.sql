-- Counts the changes that each tenant allows one at a time. While none was made, what a filter of its clients found stays true.
ALTER TABLE tenants ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

-- Clients of a kind whose secrets end soon are counted in an index of the secrets alone.
CREATE TABLE client_secrets_with_kind (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL,
    id INTEGER NOT NULL,
    description TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (client_id, id)
) STRICT;
INSERT INTO client_secrets_with_kind
    (client_id, tenant_id, kind, id, description, hash, created_at, expires_at, last_used_at, version)
SELECT client_id, client_secrets.tenant_id, kind, client_secrets.id, description, hash, client_secrets.created_at, expires_at,
    client_secrets.last_used_at, client_secrets.version
FROM client_secrets JOIN clients ON clients.id = client_id;
DROP TABLE client_secrets;
ALTER TABLE client_secrets_with_kind RENAME TO client_secrets;
CREATE INDEX client_secrets_by_end ON client_secrets (tenant_id, kind, expires_at, client_id);
