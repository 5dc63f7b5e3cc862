use clap::Subcommand;
use domain::tenant::{TenantId, TenantName};
use service::{Actor, Service};

use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Commands for tenants.
#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    /// Add a tenant with its built-in roles
    Create {
        /// Its name, 1 to 128 characters
        #[arg(long)]
        name: String,
        /// Its id [default: a new one]
        #[arg(long)]
        id: Option<TenantId>,
    },
    /// List the tenants
    List,
}

impl TenantCommand {
    /// Runs the command.
    pub async fn run(self, common: Common) -> Result<(), CommandError> {
        let service = service_for_command(common).await?;
        match self {
            Self::Create { name, id } => {
                let name = TenantName::parse(&name).map_err(service::ServiceError::from)?;
                let id = service.create_tenant(&Actor::CommandLine, id, &name).await?;
                println!("{id}");
            }
            Self::List => {
                for tenant in service.list_tenants(&Actor::CommandLine).await? {
                    println!("{}  {}  {} clients", tenant.id, tenant.name, tenant.clients);
                }
            }
        }
        Ok(())
    }
}

/// The tenant that a command names, or the only one.
pub async fn tenant_or_only(service: &Service, tenant: Option<TenantId>) -> Result<TenantId, CommandError> {
    match tenant {
        Some(tenant) => Ok(service.require_tenant(&Actor::CommandLine, tenant).await?),
        None => Ok(service.only_tenant(&Actor::CommandLine).await?),
    }
}
