//! `clientele`: the portal and identity server, and its command line.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("clientele: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
