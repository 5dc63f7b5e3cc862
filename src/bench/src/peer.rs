//! Another server for comparison: oidc-provider, which `peer/peer.js` runs in memory.

use std::process::Stdio;

use tokio::process::Command;

use crate::server::printed_url;
use crate::times::Times;
use crate::tokens::{CONNECTIONS, client_credentials, measure_at};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peer/peer.js");
const CLIENT_ID: &str = "asking";
const CLIENT_SECRET: &str = "a-secret-as-long-as-ours-is-with-47-characters-";

/// Measures its tokens.
pub async fn measure() -> Times {
    let mut process = Command::new("node")
        .args([PROGRAM, CLIENT_ID, CLIENT_SECRET])
        .env("NODE_ENV", "production")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("Node.js");
    let url = printed_url(&mut process, "Listening on ").await;
    let url = format!("{url}/token");
    let requests = [client_credentials(&url, CLIENT_ID, CLIENT_SECRET)];
    measure_at(("oidc-provider", &url), "RS256", CONNECTIONS, &requests).await
}
