-- What only programs set of a person.
ALTER TABLE users ADD COLUMN given_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN surname TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN contact_given_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN contact_surname TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN external_user_id TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN identity_provider_id TEXT NOT NULL DEFAULT '';

-- The folded name, a line break, and the id as text: what programs look through.
ALTER TABLE users ADD COLUMN search_key TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE users SET search_key = name_key || chr(10) || CAST(id AS TEXT);

-- JSON that applications keep for a person.
CREATE TABLE user_preferences (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    version BIGINT NOT NULL
);
