//! Which clients are listed, and the statements that read and count them.

use chrono::{DateTime, Duration, Utc};
use domain::list::{ClientQuery, EXPIRING_SOON_DAYS, StatusFilter};

use crate::search::pattern;

/// All clients of a kind: $1 tenant, $2 kind. It has a text of its own: as a filter that lets everything
/// through it would get the plan that PostgreSQL keeps for filters.
macro_rules! all {
    () => {
        "tenant_id = $1 AND kind = $2"
    };
}

/// Those that match: $3 pattern of the search key, $4 whether they are enabled, $5 whether only those never used.
macro_rules! matching {
    () => {
        "tenant_id = $1 AND kind = $2
         AND ($3 IS NULL OR search_key LIKE $3 ESCAPE '\\')
         AND ($4 IS NULL OR enabled = $4)
         AND (NOT $5 OR last_used_at IS NULL)"
    };
}

/// A secret of theirs that ends after $3 and not after $4.
macro_rules! end {
    () => {
        "FROM client_secrets WHERE tenant_id = $1 AND kind = $2 AND expires_at > $3 AND expires_at <= $4"
    };
}

/// Those with such a secret that match: $5 pattern of the search key. Few secrets end, so the databases begin with them.
macro_rules! ending {
    () => {
        concat!(
            "tenant_id = $1 AND kind = $2
             AND ($5 IS NULL OR search_key LIKE $5 ESCAPE '\\')
             AND id IN (SELECT client_id ",
            end!(),
            ")"
        )
    };
}

/// Rows in one direction from a place on: one for each role or redirect URI of each client, and one for a client without
/// any. No kind of client has both. They are cut first, in the index alone, which holds all that the order and most filters
/// read; and first to the longest page there is, because PostgreSQL takes a limit that it doesn't know for a tenth of the
/// table.
macro_rules! rows {
    ($condition:expr, $from:literal, $limit:literal, $offset:literal, $direction:literal) => {
        concat!(
            "SELECT clients.id, clients.name, clients.search_key, clients.enabled, clients.last_used_at,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM client_secrets WHERE client_id = clients.id) AS secrets,
                (SELECT MIN(expires_at) FROM client_secrets WHERE client_id = clients.id) AS soonest_expiry,
                roles.id AS role_id, roles.type_id AS role_type_id, roles.name AS role_name,
                client_uris.uri AS redirect_uri
             FROM (
                SELECT id FROM (
                    SELECT id, search_key FROM clients WHERE ",
            $condition,
            " AND search_key ",
            $from,
            " ORDER BY search_key ",
            $direction,
            " LIMIT 200 OFFSET ",
            $offset,
            ") AS longest ORDER BY search_key ",
            $direction,
            " LIMIT ",
            $limit,
            ") AS page
             JOIN clients ON clients.id = page.id
             LEFT JOIN client_roles ON client_roles.client_id = page.id
             LEFT JOIN roles ON roles.id = client_roles.role_id
             LEFT JOIN client_uris ON client_uris.client_id = page.id AND client_uris.purpose = 'redirect'
             ORDER BY clients.search_key ",
            $direction,
            ", client_uris.ordinal"
        )
    };
}

pub(crate) const ALL_ASCENDING: &str = rows!(all!(), "> $3", "$4", "$5", "ASC");
pub(crate) const ALL_DESCENDING: &str = rows!(all!(), "< $3", "$4", "$5", "DESC");
pub(crate) const MATCHING_ASCENDING: &str = rows!(matching!(), "> $6", "$7", "$8", "ASC");
pub(crate) const MATCHING_DESCENDING: &str = rows!(matching!(), "< $6", "$7", "$8", "DESC");
pub(crate) const ENDING_ASCENDING: &str = rows!(ending!(), "> $6", "$7", "$8", "ASC");
pub(crate) const ENDING_DESCENDING: &str = rows!(ending!(), "< $6", "$7", "$8", "DESC");
pub(crate) const MATCHING_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", matching!());
pub(crate) const ENDING_COUNT: &str = concat!("SELECT CAST(COUNT(DISTINCT client_id) AS BIGINT) ", end!());
pub(crate) const ENDING_MATCHING_COUNT: &str =
    concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", ending!());

/// Which clients of a kind are listed.
pub(super) enum Needle {
    /// The binds of [`matching!`].
    Matching {
        pattern: Option<String>,
        enabled: Option<bool>,
        never_used: bool,
    },
    /// The binds of [`ending!`].
    Ending {
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        pattern: Option<String>,
    },
}

impl Needle {
    /// What the query looks for; `None` when every client matches.
    pub fn new(query: &ClientQuery, now: DateTime<Utc>) -> Option<Self> {
        let pattern = pattern(&query.filter);
        let (enabled, never_used) = match query.status {
            StatusFilter::All if pattern.is_none() => return None,
            StatusFilter::All => (None, false),
            StatusFilter::Enabled => (Some(true), false),
            StatusFilter::Disabled => (Some(false), false),
            StatusFilter::NeverUsed => (None, true),
            StatusFilter::ExpiringSoon => {
                return Some(Self::Ending {
                    after: now,
                    until: now + Duration::days(EXPIRING_SOON_DAYS),
                    pattern,
                });
            }
            StatusFilter::ExpiredSecret => {
                return Some(Self::Ending {
                    // No secret ended before that.
                    after: DateTime::UNIX_EPOCH,
                    until: now,
                    pattern,
                });
            }
        };
        Some(Self::Matching {
            pattern,
            enabled,
            never_used,
        })
    }
}
