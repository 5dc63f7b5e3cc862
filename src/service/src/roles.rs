//! Roles: which there are, who may make, change and give them.

mod details;
mod edit;
mod find;
mod identities;
mod list;

pub(crate) use identities::own_administration;

use domain::field::Field;
use domain::role::{Role, RoleId};
use domain::tenant::TenantId;
use domain::text::fold;

use crate::{Actor, Service, ServiceError};

impl Service {
    /// The roles that can be given in the tenant: built-in ones first, then by name.
    pub async fn offered_roles(&self, actor: &Actor, tenant: TenantId) -> Result<Vec<Role>, ServiceError> {
        actor.require_member(tenant)?;
        Ok(store::roles::list(&self.database, tenant).await?)
    }

    /// The ids of the tenant's roles with these names, without regard to case.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Invalid`] for every name that no role has.
    pub async fn role_names_to_ids(
        &self,
        actor: &Actor,
        tenant: TenantId,
        names: &[String],
    ) -> Result<Vec<RoleId>, ServiceError> {
        actor.require_member(tenant)?;
        let known = store::roles::list(&self.database, tenant).await?;
        let mut ids = Vec::new();
        let mut unknown = Vec::new();
        for name in names {
            match known.iter().find(|role| fold(&role.name) == fold(name)) {
                Some(role) => ids.push(role.id),
                None => unknown.push(format!("“{name}”")),
            }
        }
        if unknown.is_empty() {
            return Ok(ids);
        }
        let (unknown, names) = (unknown.join(", "), names_of(&known));
        Err(ServiceError::invalid(
            Field::Roles,
            format!("Roles: this tenant has no role {unknown}. It has {names}."),
        ))
    }
}

/// The answer to a change of a built-in role.
fn built_in() -> ServiceError {
    ServiceError::refused(
        "A built-in role can't be changed or removed.",
        "Add a role of your own.",
    )
}

/// The answer to a name that another role of the tenant has.
fn name_taken() -> ServiceError {
    ServiceError::invalid(
        Field::Name,
        "Name is taken: this tenant has a role of this name already. Choose another one.",
    )
}

/// The answer to a role id that the tenant doesn't have.
pub(crate) fn unknown_role() -> ServiceError {
    ServiceError::invalid(
        Field::Roles,
        "Roles holds a role that doesn't exist in this tenant. Choose from the roles of this tenant.",
    )
}

fn names_of(roles: &[Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use store::testing::Engine;

    use super::*;
    use crate::clients::fixtures::{administrator, member, mill, other_tenant};

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn members_see_the_roles_of_their_tenant(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        let other = other_tenant(&test).await;
        let roles = test.service.offered_roles(&member(tenant), tenant).await.unwrap();
        assert_eq!(
            names_of(&roles),
            "Tenant Member, Tenant Administrator, Tenant Contributor, Tenant Data Steward, Tenant Viewer"
        );
        let refused = test.service.offered_roles(&administrator(other), tenant).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn roles_are_found_by_name(#[case] engine: Engine) {
        let (test, tenant) = mill(engine).await;
        let roles = test.service.offered_roles(&Actor::CommandLine, tenant).await.unwrap();
        let find = async |names: &[&str]| {
            test.service
                .role_names_to_ids(&Actor::CommandLine, tenant, &owned(names))
                .await
        };
        assert_eq!(
            find(&["tenant viewer", " TENANT MEMBER "]).await.unwrap(),
            [roles[4].id, roles[0].id]
        );
        assert_eq!(find(&[]).await.unwrap(), []);
        let error = find(&["Tenant Viewer", "Viewer", "Ghost"]).await.unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("Roles: this tenant has no role “Viewer”, “Ghost”. It has Tenant Member, "),
            "{error}"
        );
    }
}
