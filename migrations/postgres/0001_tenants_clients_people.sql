-- Columns that end in _key hold text folded by the program, because
-- the databases' own ideas of upper and lower case differ.

-- One row: whoever must be alone in the installation updates it first.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO installation (id, revision) VALUES (1, 0);

-- Every id that a user or client has or had: they share one namespace and are never used again.
CREATE TABLE subjects (
    id UUID PRIMARY KEY
);

-- The counters are kept in the transaction that adds or removes a client; updating them locks the tenant.
CREATE TABLE tenants (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    client_credentials_clients BIGINT NOT NULL DEFAULT 0,
    authorization_code_clients BIGINT NOT NULL DEFAULT 0,
    hybrid_clients BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE roles (
    id UUID PRIMARY KEY,
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    type_id UUID,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    description TEXT NOT NULL,
    UNIQUE (tenant_id, name_key)
);

CREATE TABLE users (
    id UUID PRIMARY KEY REFERENCES subjects (id),
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    email TEXT NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    password_hash TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_sign_in_at TIMESTAMPTZ
);
CREATE INDEX users_by_name ON users (tenant_id, name_key, id);

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role_id UUID NOT NULL REFERENCES roles (id),
    PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_by_role ON user_roles (role_id);

CREATE TABLE clients (
    id UUID PRIMARY KEY REFERENCES subjects (id),
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL CHECK (kind IN ('client_credentials', 'authorization_code', 'hybrid')),
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    -- The folded name, a line break, and the id as text: what the filter looks through.
    search_key TEXT COLLATE "C" NOT NULL,
    enabled BOOLEAN NOT NULL,
    token_lifetime INTEGER NOT NULL CHECK (token_lifetime BETWEEN 60 AND 3600),
    -- The number of the next secret; numbers are never used again.
    next_secret_id INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by TEXT NOT NULL,
    last_used_at TIMESTAMPTZ
);
CREATE INDEX clients_by_name ON clients (tenant_id, kind, name_key, id);

CREATE TABLE client_roles (
    client_id UUID NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    role_id UUID NOT NULL REFERENCES roles (id),
    PRIMARY KEY (client_id, role_id)
);
CREATE INDEX client_roles_by_role ON client_roles (role_id);

-- hash is the SHA-256 of the secret; the secret itself is stored nowhere.
CREATE TABLE client_secrets (
    client_id UUID NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    description TEXT NOT NULL,
    hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    PRIMARY KEY (client_id, id)
);

-- token_hash is the SHA-256 of the cookie's value.
CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Links that create the first administrator, each once.
CREATE TABLE setup_links (
    token_hash BYTEA PRIMARY KEY,
    expires_at TIMESTAMPTZ NOT NULL
);

-- Failed sign-ins per account and per address, in windows.
CREATE TABLE sign_in_failures (
    throttle_key TEXT COLLATE "C" PRIMARY KEY,
    window_started_at TIMESTAMPTZ NOT NULL,
    failures INTEGER NOT NULL
);
CREATE INDEX sign_in_failures_by_window ON sign_in_failures (window_started_at);

-- private_key is sealed under the key-encryption key.
CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    private_key BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    publish_at TIMESTAMPTZ NOT NULL,
    sign_at TIMESTAMPTZ NOT NULL,
    retire_at TIMESTAMPTZ
);

CREATE TABLE audit_events (
    id UUID PRIMARY KEY,
    tenant_id UUID REFERENCES tenants (id),
    occurred_at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    actor_name TEXT NOT NULL,
    address TEXT,
    action TEXT NOT NULL,
    target_id TEXT,
    target_name TEXT
);
CREATE INDEX audit_events_by_time ON audit_events (tenant_id, occurred_at);
CREATE INDEX audit_events_by_target ON audit_events (target_id, occurred_at);
