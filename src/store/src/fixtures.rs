//! A tenant and people for the tests of this room. Ids are small numbers.

use chrono::{DateTime, Utc};
use domain::role::{RoleId, RoleType};
use domain::tenant::{TenantId, TenantName};
use domain::user::{Email, UserId, UserName};
use uuid::Uuid;

use crate::tenants::{self, NewTenant};
use crate::users::{self, NewUser};
use crate::{Database, StoreError, user_roles};

/// Some second: `second` after 2026-11-21 10:30 UTC.
pub(crate) fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_257_000 + second, 0).unwrap()
}

pub(crate) fn tenant_id(number: u8) -> TenantId {
    TenantId(Uuid::from_u128(number.into()))
}

pub(crate) fn user_id(number: u8) -> UserId {
    UserId(Uuid::from_u128(0x100 + u128::from(number)))
}

/// The id of a tenant's built-in role.
pub(crate) fn role_id(tenant: u8, role: RoleType) -> RoleId {
    RoleId(Uuid::from_u128(role.id().as_u128() ^ u128::from(tenant)))
}

/// Stores tenant `number`, made at that second, with its built-in roles.
pub(crate) async fn add_tenant(database: &Database, number: u8, name: &str) -> Result<(), StoreError> {
    let name = TenantName::parse(name).unwrap();
    let roles = RoleType::ALL.map(|role| (role_id(number, role), role));
    let tenant = NewTenant {
        id: tenant_id(number),
        name: &name,
        created_at: at(number.into()),
        roles: &roles,
    };
    let mut tx = database.begin().await?;
    tenants::insert(&mut tx, &tenant).await?;
    tx.commit().await
}

/// Stores user `number`, called Ana, with the password hash `hash` and these roles of their tenant.
pub(crate) async fn add_user(
    database: &Database,
    number: u8,
    tenant: u8,
    email: &str,
    roles: &[RoleType],
) -> Result<(), StoreError> {
    let user = NewUser {
        id: user_id(number),
        tenant_id: tenant_id(tenant),
        email: &Email::parse(email).unwrap(),
        name: &UserName::parse("Ana").unwrap(),
        password_hash: Some("hash"),
        created_at: at(0),
    };
    let mut tx = database.begin().await?;
    users::insert(&mut tx, &user).await?;
    for role in roles {
        user_roles::give_built_in(&mut tx, user.id, *role).await?;
    }
    tx.commit().await
}
