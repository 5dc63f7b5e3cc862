//! How quick the server is: `make bench`. Everything is measured in one run, on one machine that also makes the load, and only
//! printed: what is quick enough is for a reader to say.
//!
//! `CLIENTELE_BIN` names the program, `CLIENTELE_TEST_POSTGRES_URL` a PostgreSQL server. The argument `pages` or `tokens` leaves
//! the other part out.

mod clients_page;
mod code_flow;
mod comparison;
mod http;
mod load;
mod peer;
mod server;
mod signatures;
mod table;
mod tenant;
mod times;
mod tokens;

use std::process::ExitCode;

use comparison::Figures;
use load::MEASURED;
use tenant::Tenant;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (pages, tokens) = match std::env::args().nth(1).as_deref() {
        None => (true, true),
        Some("pages") => (true, false),
        Some("tokens") => (false, true),
        Some(other) => {
            eprintln!("There is no part {other:?} to measure: it is pages or tokens, or leave it out for both.");
            return ExitCode::FAILURE;
        }
    };
    println!("{MEASURED:?} each. The load comes from the same machine. Times in milliseconds.");
    if pages {
        clients_page::measure().await;
    }
    if tokens {
        measure_tokens().await.print();
    }
    ExitCode::SUCCESS
}

/// RS256 comes last, near what it is compared with: only the code flow, on the same server, is measured between them.
async fn measure_tokens() -> Figures {
    println!("\nTokens over SQLite with 50,000 clients in the tenant, and of oidc-provider in memory with one.");
    table::head(["server", "request", "connections"]);
    let tenant = Tenant::full().await;
    let eddsa = tokens::measure(&tenant.serve("EdDSA").await, "EdDSA", &tenant.clients).await;
    let es256 = tokens::measure(&tenant.serve("ES256").await, "ES256", &tenant.clients).await;
    let server = tenant.serve("RS256").await;
    let rs256 = tokens::measure(&server, "RS256", &tenant.clients).await;
    let code_flow = code_flow::measure(&server, &tenant.application).await;
    let memory = server.memory();
    drop(server);
    Figures {
        rs256,
        es256,
        eddsa,
        code_flow,
        memory,
        peer: peer::measure().await,
        signatures: signatures::measure(),
    }
}
