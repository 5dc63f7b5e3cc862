-- What the filters of the list of clients begin with. PostgreSQL looks at a row of a list more slowly than SQLite does, so
-- these are its own: by a part of the name or id, and by state. Both extensions are trusted: the owner of the database may
-- make them.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX clients_by_part ON clients USING gin (tenant_id, kind, search_key gin_trgm_ops);
CREATE INDEX clients_by_state ON clients (tenant_id, kind, enabled, search_key);
