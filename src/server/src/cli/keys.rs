use clap::Subcommand;
use identity::algorithm::Algorithm;
use identity::key_ring::KeyPurpose;
use service::Actor;
use service::keys::Rotation;

use crate::config::Common;
use crate::error::CommandError;
use crate::start::service_for_command;

/// Commands for signing keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the keys: id, algorithm, what they sign, and when each is published, signs and retires
    List,
    /// Make the next key; it is published now and signs in 24 hours
    Rotate {
        /// What it signs: access-tokens or id-tokens
        #[arg(long = "for", value_name = "PURPOSE", default_value = "access-tokens")]
        purpose: KeyPurpose,
        /// RS256, ES256 or EdDSA [default: as the key before it]
        #[arg(long)]
        algorithm: Option<Algorithm>,
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
            Self::Rotate {
                purpose,
                algorithm,
                now: at_once,
            } => {
                if at_once {
                    eprintln!(
                        "Programs that keep the old key set refuse the new key's tokens until they look again, which takes \
                         some minutes for most."
                    );
                }
                let rotation = Rotation {
                    purpose,
                    algorithm,
                    at_once,
                };
                println!("{}", service.rotate_keys(&actor, rotation).await?);
            }
        }
        Ok(())
    }
}
