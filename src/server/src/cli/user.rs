use clap::Subcommand;
use domain::tenant::TenantId;
use domain::user::{Email, UserName};
use service::{Actor, ServiceError};

use super::password::PasswordOptions;
use super::tenant::tenant_or_only;
use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Commands for people.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person
    Create {
        /// Their e-mail address, with which they sign in
        #[arg(long)]
        email: String,
        /// Their name, 1 to 128 characters
        #[arg(long)]
        name: String,
        /// A role by name, such as "Tenant Administrator"; Tenant Member is always given
        #[arg(long = "role")]
        roles: Vec<String>,
        /// Their tenant, when there are several
        #[arg(long)]
        tenant: Option<TenantId>,
        #[command(flatten)]
        password: PasswordOptions,
    },
    /// Give a person a new password and end their sessions
    ResetPassword {
        /// Their e-mail address
        #[arg(long)]
        email: String,
        #[command(flatten)]
        password: PasswordOptions,
    },
}

impl UserCommand {
    /// Runs the command.
    pub async fn run(self, common: Common) -> Result<(), CommandError> {
        let service = service_for_command(common).await?;
        let actor = Actor::CommandLine;
        match self {
            Self::Create {
                email,
                name,
                roles,
                tenant,
                password,
            } => {
                let email = Email::parse(&email).map_err(ServiceError::from)?;
                let name = UserName::parse(&name).map_err(ServiceError::from)?;
                let tenant = tenant_or_only(&service, tenant).await?;
                let chosen = password.choose(&service)?;
                let id = service
                    .create_user(&actor, tenant, &name, &email, &roles, &chosen.password)
                    .await?;
                println!("User: {id}");
                chosen.show();
            }
            Self::ResetPassword { email, password } => {
                let email = Email::parse(&email).map_err(ServiceError::from)?;
                let chosen = password.choose(&service)?;
                service.reset_password(&actor, &email, &chosen.password).await?;
                println!("The password of {} is changed.", email.as_str());
                chosen.show();
            }
        }
        Ok(())
    }
}
