-- Ids are UUIDs (16 bytes), times are RFC 3339 in UTC. Columns that end in _key hold text folded by the program, because
-- the databases' own ideas of upper and lower case differ.

-- One row: whoever must be alone in the installation updates it first.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO installation (id, revision) VALUES (1, 0);

-- Every id that a user or client has or had: they share one namespace and are never used again.
CREATE TABLE subjects (
    id BLOB PRIMARY KEY
) STRICT;

-- The counters are kept in the transaction that adds or removes a client; updating them locks the tenant.
CREATE TABLE tenants (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    client_credentials_clients INTEGER NOT NULL DEFAULT 0,
    authorization_code_clients INTEGER NOT NULL DEFAULT 0,
    hybrid_clients INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE roles (
    id BLOB PRIMARY KEY,
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    type_id BLOB,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (tenant_id, name_key)
) STRICT;

CREATE TABLE users (
    id BLOB PRIMARY KEY REFERENCES subjects (id),
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    last_sign_in_at TEXT
) STRICT;
CREATE INDEX users_by_name ON users (tenant_id, name_key, id);

CREATE TABLE user_roles (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id BLOB NOT NULL REFERENCES roles (id),
    PRIMARY KEY (user_id, role_id)
) STRICT;
CREATE INDEX user_roles_by_role ON user_roles (role_id);

CREATE TABLE clients (
    id BLOB PRIMARY KEY REFERENCES subjects (id),
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL CHECK (kind IN ('client_credentials', 'authorization_code', 'hybrid')),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- The folded name, a line break, and the id as text: what the filter looks through.
    search_key TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    token_lifetime INTEGER NOT NULL CHECK (token_lifetime BETWEEN 60 AND 3600),
    -- The number of the next secret; numbers are never used again.
    next_secret_id INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    last_used_at TEXT
) STRICT;
CREATE INDEX clients_by_name ON clients (tenant_id, kind, name_key, id);

CREATE TABLE client_roles (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    role_id BLOB NOT NULL REFERENCES roles (id),
    PRIMARY KEY (client_id, role_id)
) STRICT;
CREATE INDEX client_roles_by_role ON client_roles (role_id);

-- hash is the SHA-256 of the secret; the secret itself is stored nowhere.
CREATE TABLE client_secrets (
    client_id BLOB NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    description TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT,
    PRIMARY KEY (client_id, id)
) STRICT;

-- token_hash is the SHA-256 of the cookie's value.
CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Links that create the first administrator, each once.
CREATE TABLE setup_links (
    token_hash BLOB PRIMARY KEY,
    expires_at TEXT NOT NULL
) STRICT;

-- Failed sign-ins per account and per address, in windows.
CREATE TABLE sign_in_failures (
    throttle_key TEXT PRIMARY KEY,
    window_started_at TEXT NOT NULL,
    failures INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_window ON sign_in_failures (window_started_at);

-- private_key is sealed under the key-encryption key.
CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    private_key BLOB NOT NULL,
    created_at TEXT NOT NULL,
    publish_at TEXT NOT NULL,
    sign_at TEXT NOT NULL,
    retire_at TEXT
) STRICT;

CREATE TABLE audit_events (
    id BLOB PRIMARY KEY,
    tenant_id BLOB REFERENCES tenants (id),
    occurred_at TEXT NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    address TEXT,
    action TEXT NOT NULL,
    target_id TEXT,
    target_name TEXT
) STRICT;
CREATE INDEX audit_events_by_time ON audit_events (tenant_id, occurred_at);
CREATE INDEX audit_events_by_target ON audit_events (target_id, occurred_at);
