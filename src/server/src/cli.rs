//! The command line.

mod client;
mod keys;
mod migrate;
mod openapi;
mod password;
mod seed;
mod tenant;
mod user;

use clap::{Parser, Subcommand};

use crate::config::{CommonOptions, ServeOptions};
use crate::error::CommandError;
use crate::serve;

/// A self-hosted identity portal: OAuth clients, and the server that makes them work.
#[derive(Debug, Parser)]
#[command(name = "clientele", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    common: CommonOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the portal and the identity server
    Serve(ServeOptions),
    /// Bring the database up to date, and do nothing else
    Migrate,
    /// Manage tenants
    #[command(subcommand)]
    Tenant(tenant::TenantCommand),
    /// Manage people
    #[command(subcommand)]
    User(user::UserCommand),
    /// Manage clients
    #[command(subcommand)]
    Client(client::ClientCommand),
    /// Add many clients to a tenant, to see how the portal does with them
    Seed(seed::SeedOptions),
    /// Manage the keys that sign tokens
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Print the description of the REST API (OpenAPI)
    #[command(name = "openapi")]
    OpenApi,
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> Result<(), CommandError> {
        let common = self.common.check()?;
        common.start_log();
        match self.command {
            Command::Serve(options) => serve::serve(common, options.check()?).await,
            Command::Migrate => migrate::run(common).await,
            Command::Tenant(command) => command.run(common).await,
            Command::User(command) => command.run(common).await,
            Command::Client(command) => command.run(common).await,
            Command::Seed(options) => options.run(common).await,
            Command::Keys(command) => command.run(common).await,
            Command::OpenApi => openapi::run(),
        }
    }
}
