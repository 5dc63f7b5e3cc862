-- From which network a waiting request came, so that none fills the table. Those before came from anywhere; they are over
-- within the hour.
ALTER TABLE authorize_requests ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX authorize_requests_by_network ON authorize_requests (network, created_at, token_hash);
