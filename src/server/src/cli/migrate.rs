use crate::config::Common;
use crate::error::CommandError;
use crate::start;

/// Brings the database up to date.
pub async fn run(common: Common) -> Result<(), CommandError> {
    start::open_database(&common).await?.close().await;
    println!("The database is up to date.");
    Ok(())
}
