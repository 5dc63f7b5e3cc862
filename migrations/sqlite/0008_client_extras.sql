-- The words by which programs find clients. A tag knows its tenant, so that those of others aren't read.
CREATE TABLE client_tags (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (client_id, tag)
) STRICT;
CREATE INDEX client_tags_by_tag ON client_tags (tenant_id, tag, client_id);

-- Addresses of a client's home page and picture; empty without.
ALTER TABLE clients ADD COLUMN client_uri TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN logo_uri TEXT NOT NULL DEFAULT '';
