-- Whether a rotation brought the end of a secret nearer, and when it was to end before:
-- the next one lives as long as this one was to.
ALTER TABLE client_secrets ADD COLUMN ends_early INTEGER NOT NULL DEFAULT 0;
ALTER TABLE client_secrets ADD COLUMN given_end TEXT;
