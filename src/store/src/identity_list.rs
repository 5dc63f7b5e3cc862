//! The list of those that a role can be given to: filtered, ordered and cut into pages by the database.

use chrono::{DateTime, Utc};
use domain::client::ClientId;
use domain::identity_list::{Identity, IdentityKind, IdentityQuery};
use domain::list::Sort;
use domain::paging::RowKey;
use domain::role::RoleId;
use domain::tenant::TenantId;
use domain::user::UserId;
use domain::view::{IdentityRow, Page};
use uuid::Uuid;

use crate::client_list::place_of;
use crate::database::fetch;
use crate::paging::{List, Span, cut, number_of};
use crate::search::pattern;
use crate::user_list::matching;
use crate::{Database, StoreError};

#[cfg(test)]
mod tests;

/// Those of the tenant that a role can be given to: $1 tenant, $2 pattern, $3 role, $4 whether only its holders.
macro_rules! users {
    () => {
        concat!(
            matching!(),
            " AND (NOT $4 OR id IN (SELECT user_id FROM user_roles WHERE role_id = $3))"
        )
    };
}

macro_rules! clients {
    () => {
        "tenant_id = $1 AND kind = 'client_credentials' AND ($2 IS NULL OR search_key LIKE $2 ESCAPE '\\')
         AND (NOT $4 OR id IN (SELECT client_id FROM client_roles WHERE role_id = $3))"
    };
}

/// Rows in one direction from a place on: $5 and $6 for people, $5 for clients.
macro_rules! user_rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT id, name, name_key AS place, email,
                EXISTS (SELECT 1 FROM user_roles WHERE user_id = users.id AND role_id = $3) AS holds
             FROM users WHERE ",
            users!(),
            " AND (name_key, id) ",
            $than,
            " ($5, $6) ORDER BY name_key ",
            $direction,
            ", id ",
            $direction,
            " LIMIT $7 OFFSET $8"
        )
    };
}

macro_rules! client_rows {
    ($than:literal, $direction:literal) => {
        concat!(
            "SELECT id, name, search_key AS place, NULL AS email,
                EXISTS (SELECT 1 FROM client_roles WHERE client_id = clients.id AND role_id = $3) AS holds
             FROM clients WHERE ",
            clients!(),
            " AND search_key ",
            $than,
            " $5 ORDER BY search_key ",
            $direction,
            " LIMIT $6 OFFSET $7"
        )
    };
}

pub(crate) const USERS_ASCENDING: &str = user_rows!(">", "ASC");
pub(crate) const USERS_DESCENDING: &str = user_rows!("<", "DESC");
pub(crate) const USER_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM users WHERE ", users!());
pub(crate) const CLIENTS_ASCENDING: &str = client_rows!(">", "ASC");
pub(crate) const CLIENTS_DESCENDING: &str = client_rows!("<", "DESC");
pub(crate) const CLIENT_COUNT: &str = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM clients WHERE ", clients!());

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    /// The folded name of a person, the whole place of a client.
    place: String,
    email: Option<String>,
    holds: bool,
}

impl Row {
    fn identity(self, kind: IdentityKind) -> Result<(RowKey, IdentityRow), StoreError> {
        let key = match kind {
            IdentityKind::Users => RowKey {
                name: self.place,
                id: self.id,
            },
            IdentityKind::Clients => place_of(&self.place)?,
        };
        let row = IdentityRow {
            identity: match kind {
                IdentityKind::Users => Identity::User(UserId(self.id)),
                IdentityKind::Clients => Identity::Client(ClientId(self.id)),
            },
            detail: self.email.unwrap_or_else(|| self.id.to_string()),
            name: self.name,
            holds: self.holds,
        };
        Ok((key, row))
    }
}

/// A page of those that a role can be given to, and whether they have it.
pub async fn page(
    database: &Database,
    tenant: TenantId,
    role: RoleId,
    query: &IdentityQuery,
    now: DateTime<Utc>,
) -> Result<Page<IdentityRow>, StoreError> {
    let identities = Identities {
        database,
        tenant,
        role,
        pattern: pattern(&query.filter),
        kind: query.kind,
        holders_only: query.holders_only,
    };
    cut(&identities, &query.paging, Sort::NameAscending, now).await
}

/// Those that a role can be given to, or its holders, that match.
struct Identities<'a> {
    database: &'a Database,
    tenant: TenantId,
    role: RoleId,
    pattern: Option<String>,
    kind: IdentityKind,
    holders_only: bool,
}

impl List for Identities<'_> {
    type Row = IdentityRow;

    async fn read(&self, span: Span) -> Result<Vec<(RowKey, IdentityRow)>, StoreError> {
        let from = span.from();
        let sql = match (self.kind, span.order) {
            (IdentityKind::Users, Sort::NameAscending) => USERS_ASCENDING,
            (IdentityKind::Users, Sort::NameDescending) => USERS_DESCENDING,
            (IdentityKind::Clients, Sort::NameAscending) => CLIENTS_ASCENDING,
            (IdentityKind::Clients, Sort::NameDescending) => CLIENTS_DESCENDING,
        };
        let rows: Vec<Row> = match self.kind {
            IdentityKind::Users => fetch!(
                fetch_all,
                self.database,
                Row,
                sql,
                self.tenant.0,
                self.pattern.as_deref(),
                self.role.0,
                self.holders_only,
                &from.name,
                from.id,
                span.limit(),
                span.offset(),
            )?,
            IdentityKind::Clients => fetch!(
                fetch_all,
                self.database,
                Row,
                sql,
                self.tenant.0,
                self.pattern.as_deref(),
                self.role.0,
                self.holders_only,
                from.to_string(),
                span.limit(),
                span.offset(),
            )?,
        };
        rows.into_iter().map(|row| row.identity(self.kind)).collect()
    }

    async fn count(&self) -> Result<u64, StoreError> {
        let sql = match self.kind {
            IdentityKind::Users => USER_COUNT,
            IdentityKind::Clients => CLIENT_COUNT,
        };
        let (count,): (i64,) = fetch!(
            fetch_one,
            self.database,
            (i64,),
            sql,
            self.tenant.0,
            self.pattern.as_deref(),
            self.role.0,
            self.holders_only,
        )?;
        number_of(count)
    }
}
