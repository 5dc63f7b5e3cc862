//! Every change that an administrator makes in a tenant, for tests of what all of them have in common.

use domain::client::ClientId;
use domain::identity_list::{Identity, IdentityChanges};
use domain::role::{RoleId, RoleType};
use domain::role_form::RoleForm;
use domain::secret::{RotationOverlap, SecretId};
use domain::user::{Email, UserId, UserName};

use crate::clients::SecretsOf;
use crate::clients::fixtures::form;
use crate::users::fixtures::{Mill, form as person};
use crate::users::tests::PASSWORD;
use crate::{Actor, ServiceError};

/// A client, a role and a person that are there to be changed.
pub(crate) struct Things {
    client: ClientId,
    role: RoleId,
    member_role: RoleId,
    user: UserId,
}

impl Things {
    pub async fn new(mill: &Mill) -> Self {
        let role = role("MyData.Role");
        let role = mill
            .service
            .add_role(&Actor::CommandLine, mill.tenant, None, &role)
            .await;
        Self {
            client: mill.client("Valve", &[]).await,
            role: role.unwrap(),
            member_role: mill.role(RoleType::TenantMember).await,
            user: mill.person("Di").await,
        }
    }

    /// Tries every change, each of which would succeed as the first one; answers what it was and what came of it.
    pub async fn change(&self, mill: &Mill, actor: &Actor) -> Vec<(&'static str, Result<(), ServiceError>)> {
        let (service, tenant) = (&mill.service, mill.tenant);
        let Self {
            client,
            role: id,
            member_role,
            user,
        } = *self;
        let (edited, role, person) = (form("Changed"), role("Other.Role"), person("Flo", &[]));
        let (of, first) = (SecretsOf { tenant, client }, SecretId(1));
        let changes = IdentityChanges {
            give: vec![Identity::User(user), Identity::Client(client)],
            take: Vec::new(),
        };
        let (name, email) = (
            UserName::parse("Gil").unwrap(),
            Email::parse("gil@example.com").unwrap(),
        );
        let password = PASSWORD.into();
        vec![
            (
                "client.add",
                service.add_client(actor, tenant, &edited).await.map(|_| ()),
            ),
            (
                "client.edit",
                service.edit_client(actor, tenant, client, 1, &edited.client).await,
            ),
            (
                "client.disable",
                service.set_client_enabled(actor, tenant, client, false, None).await,
            ),
            (
                "client.set_roles",
                service.set_client_roles(actor, tenant, client, 1, &[member_role]).await,
            ),
            (
                "client.remove",
                service.remove_client(actor, tenant, client, None).await,
            ),
            (
                "client_secret.add",
                service.add_secret(actor, of, &edited.secret).await.map(|_| ()),
            ),
            (
                "client_secret.edit",
                service.edit_secret(actor, of, first, 1, &edited.secret).await,
            ),
            (
                "client_secret.rotate",
                service
                    .rotate_secret(actor, of, first, RotationOverlap::default())
                    .await
                    .map(|_| ()),
            ),
            (
                "client_secret.remove",
                service.remove_secret(actor, of, first, None).await,
            ),
            (
                "role.add",
                service.add_role(actor, tenant, None, &role).await.map(|_| ()),
            ),
            ("role.edit", service.edit_role(actor, tenant, id, 1, &role).await),
            ("role.remove", service.remove_role(actor, tenant, id, None, None).await),
            (
                "user.give_role",
                service.change_identities(actor, tenant, id, &changes).await,
            ),
            (
                "user.add",
                service
                    .create_user(actor, tenant, &name, &email, &[], &password)
                    .await
                    .map(|_| ()),
            ),
            (
                "user.invite",
                service.invite_user(actor, tenant, None, &person).await.map(|_| ()),
            ),
            ("user.edit", service.edit_user(actor, tenant, user, 1, &person).await),
            (
                "user.set_roles",
                service.set_user_roles(actor, tenant, user, 1, &[]).await,
            ),
            (
                "user.disable",
                service.set_user_enabled(actor, tenant, user, false).await,
            ),
            ("user.remove", service.remove_user(actor, tenant, user, None).await),
            (
                "user.reset_password",
                service.reset_user(actor, tenant, user).await.map(|_| ()),
            ),
        ]
    }
}

fn role(name: &str) -> RoleForm {
    RoleForm {
        name: name.to_owned(),
        ..RoleForm::default()
    }
}
