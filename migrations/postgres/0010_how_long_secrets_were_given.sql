-- Whether a rotation brought the end of a secret nearer, and when it was to end before:
-- the next one lives as long as this one was to.
ALTER TABLE client_secrets ADD COLUMN ends_early BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE client_secrets ADD COLUMN given_end TIMESTAMPTZ;
