use chrono::{DateTime, Utc};
use clap::Subcommand;
use domain::add_client::AddClientForm;
use domain::client::ClientKind;
use domain::client_form::ClientForm;
use domain::clock::Clock;
use domain::secret::SecretExpiry;
use domain::secret_form::SecretForm;
use domain::tenant::TenantId;
use service::Actor;
use service::system::SystemClock;

use super::tenant::tenant_or_only;
use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Commands for clients.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Add a client-credentials client with one secret, which is printed once
    Create {
        /// Its name, 1 to 128 characters
        #[arg(long)]
        name: String,
        /// A role by name; Tenant Member is always given
        #[arg(long = "role")]
        roles: Vec<String>,
        /// How long its tokens live, in seconds, 60 to 3600
        #[arg(long, default_value = "3600")]
        token_lifetime: String,
        /// What the secret is for
        #[arg(long, default_value = "")]
        description: String,
        /// When the secret ends, such as 2027-11-21T10:30:00Z, or never [default: in one year]
        #[arg(long)]
        expires: Option<String>,
        /// Its tenant, when there are several
        #[arg(long)]
        tenant: Option<TenantId>,
        /// Print one line of JSON with `ClientId` and `ClientSecret`
        #[arg(long)]
        json: bool,
    },
}

impl ClientCommand {
    /// Runs the command.
    pub async fn run(self, common: Common) -> Result<(), CommandError> {
        let Self::Create {
            name,
            roles,
            token_lifetime,
            description,
            expires,
            tenant,
            json,
        } = self;
        let service = service_for_command(common).await?;
        let actor = Actor::CommandLine;
        let tenant = tenant_or_only(&service, tenant).await?;
        let form = AddClientForm {
            id: None,
            kind: ClientKind::ClientCredentials,
            client: ClientForm {
                name,
                token_lifetime,
                roles: service.role_names_to_ids(&actor, tenant, &roles).await?,
                ..ClientForm::default()
            },
            secret: SecretForm {
                description,
                never_expires: expires.as_deref() == Some("never"),
                expiration: expires.unwrap_or_else(in_one_year),
            },
        };
        let created = service.add_client(&actor, tenant, &form).await?;
        let secret = created.secret.map(|secret| secret.0).unwrap_or_default();
        if json {
            let answer = serde_json::json!({ "ClientId": created.id, "ClientSecret": secret });
            println!("{answer}");
        } else {
            println!("Client Id: {}\nClient Secret: {secret}", created.id);
            println!("Store both now: the secret can't be shown again.");
        }
        Ok(())
    }
}

fn in_one_year() -> String {
    let expiry = SecretExpiry::one_year_from(SystemClock.now());
    expiry
        .at()
        .map_or_else(String::new, |at: DateTime<Utc>| at.to_rfc3339())
}
