use clap::Args;
use domain::number::grouped;
use domain::tenant::TenantId;
use service::Actor;

use super::tenant::tenant_or_only;
use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Makes a tenant with many clients, to see how the portal does with them.
#[derive(Debug, Args)]
pub struct SeedOptions {
    /// How many clients to add; a tenant has at most 50,000
    #[arg(long)]
    clients: u32,
    /// Their tenant, when there are several
    #[arg(long)]
    tenant: Option<TenantId>,
}

impl SeedOptions {
    /// Runs the command.
    pub async fn run(self, common: Common) -> Result<(), CommandError> {
        let service = service_for_command(common).await?;
        let tenant = tenant_or_only(&service, self.tenant).await?;
        service.seed_clients(&Actor::CommandLine, tenant, self.clients).await?;
        let count = grouped(self.clients.into());
        println!("{count} clients were added to the tenant {tenant}.");
        Ok(())
    }
}
