//! People and clients to tell stories with.

use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::list::NameQuery;
use domain::secret_form::SecretForm;
use domain::tenant::TenantId;
use domain::user::{Email, UserId, UserName};
use domain::view::Created;
use reqwest::RequestBuilder;
use service::Actor;

use crate::http::{Answer, send};
use crate::server::TestServer;

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";
/// The e-mail address of the administrator.
pub const ADMINISTRATOR: &str = "ada@example.com";
/// The e-mail address of somebody who is only a member.
pub const MEMBER: &str = "max@example.com";

impl TestServer {
    /// Adds a person to the first tenant.
    pub async fn add_user(&self, email: &str, name: &str, roles: &[&str]) {
        self.add_user_to(self.tenant, email, name, roles).await;
    }

    /// Adds a person to a tenant.
    pub async fn add_user_to(&self, tenant: TenantId, email: &str, name: &str, roles: &[&str]) {
        let (name, email) = (UserName::parse(name).unwrap(), Email::parse(email).unwrap());
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        self.service
            .create_user(&Actor::CommandLine, tenant, &name, &email, &roles, &PASSWORD.into())
            .await
            .unwrap();
    }

    /// Adds an administrator and answers the cookie of their session.
    pub async fn administrator(&self) -> String {
        self.add_user(ADMINISTRATOR, "Ada", &["Tenant Administrator"]).await;
        self.sign_in(ADMINISTRATOR, PASSWORD).await.cookie()
    }

    /// Adds somebody who is only a member and answers the cookie of their session.
    pub async fn member(&self) -> String {
        self.add_user(MEMBER, "Max", &[]).await;
        self.sign_in(MEMBER, PASSWORD).await.cookie()
    }

    /// The id of the person of the first tenant with this name.
    pub async fn person(&self, name: &str) -> UserId {
        let query = NameQuery::default();
        let people = self
            .service
            .list_users(&Actor::CommandLine, self.tenant, &query)
            .await
            .unwrap();
        let person = people.rows.iter().find(|row| row.name == name);
        person.unwrap().id
    }

    /// Sends the sign-in form.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        send(self.form("/sign-in", &[("email", email), ("password", password)])).await
    }

    /// Adds a client to the first tenant.
    pub async fn add_client(&self) -> Created {
        self.add_client_to(self.tenant, &client_form()).await
    }

    /// Adds a client to a tenant.
    pub async fn add_client_to(&self, tenant: TenantId, form: &AddClientForm) -> Created {
        let actor = Actor::CommandLine;
        self.service.add_client(&actor, tenant, form).await.unwrap()
    }

    /// A token request with the secret in the body.
    pub fn ask_for_token(&self, client_id: &str, secret: &str) -> RequestBuilder {
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("client_secret", secret),
        ];
        self.form("/identity/connect/token", &fields)
    }

    /// The token that a client gets for its secret.
    pub async fn token(&self, client_id: &str, secret: &str) -> String {
        let answer = send(self.ask_for_token(client_id, secret)).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }
}

/// A client whose tokens live for 900 seconds, and whose secret never expires.
pub fn client_form() -> AddClientForm {
    AddClientForm {
        id: None,
        kind: ClientKind::ClientCredentials,
        client: ClientForm {
            name: "Pump station 7".to_owned(),
            token_lifetime: "900".to_owned(),
            ..ClientForm::default()
        },
        secret: SecretForm {
            never_expires: true,
            ..SecretForm::default()
        },
    }
}

/// The text of the secret that was shown.
pub fn secret_of(created: &Created) -> &str {
    &created.secret.as_ref().unwrap().0
}
