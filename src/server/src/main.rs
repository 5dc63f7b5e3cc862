//! `clientele`: the portal and identity server, and its command line.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::cli::Cli;

/// A request makes and drops many small values, some of them on another thread than the one that made them. With the
/// system's allocator that was a sixth of the time for a token.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
