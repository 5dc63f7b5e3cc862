-- When a secret was to end before a rotation brought its end nearer: the next one lives as long as this one was to.
ALTER TABLE client_secrets ADD COLUMN given_end TIMESTAMPTZ;
UPDATE client_secrets SET given_end = expires_at;
