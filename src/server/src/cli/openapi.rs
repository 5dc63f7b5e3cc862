use crate::api;
use crate::error::CommandError;

/// Prints what `/api/openapi.json` answers, for people to read.
pub fn run() -> Result<(), CommandError> {
    let document = api::openapi().to_pretty_json();
    println!("{}", document.map_err(|error| CommandError::Failed(error.to_string()))?);
    Ok(())
}
