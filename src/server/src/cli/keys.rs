use clap::Subcommand;
use service::Actor;

use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Commands for signing keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys: id, algorithm, and when each is published, signs and retires
    List,
    /// Make the next key; it is published now and signs in 24 hours
    Rotate {
        /// Sign with it at once; programs that keep the old key set for a while refuse its tokens until they look again
        #[arg(long)]
        now: bool,
    },
}

impl KeysCommand {
    /// Runs the command.
    pub async fn run(self, common: Common) -> Result<(), CommandError> {
        let service = service_for_command(common).await?;
        let actor = Actor::CommandLine;
        match self {
            Self::List => {
                for key in service.list_keys(&actor).await? {
                    println!("{key}");
                }
            }
            Self::Rotate { now } => {
                if now {
                    eprintln!(
                        "Programs that keep the old key set refuse the new key's tokens until they look again, which takes \
                         some minutes for most."
                    );
                }
                let id = service.rotate_keys(&actor, now).await?;
                println!("{id}");
            }
        }
        Ok(())
    }
}
