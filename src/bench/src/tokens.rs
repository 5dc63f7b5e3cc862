//! Tokens that clients get for themselves: `client_credentials` with the secret in the `Authorization` header.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::http::{Answer, Connection, Request, form};
use crate::load::{self, timed};
use crate::server::Server;
use crate::table;
use crate::times::Times;

/// How many ask at the same time, where many do.
pub const CONNECTIONS: usize = 32;

/// Measures our server over one connection and over many; answers the times over many.
pub async fn measure(server: &Server, algorithm: &str, clients: &[(String, String)]) -> Times {
    let url = format!("{}/identity/connect/token", server.url);
    let requests: Vec<Request> = clients
        .iter()
        .map(|(id, secret)| client_credentials(&url, id, secret))
        .collect();
    measure_at(("Clientele", &url), algorithm, 1, &requests).await;
    measure_at(("Clientele", &url), algorithm, CONNECTIONS, &requests).await
}

/// Measures a token endpoint, whose tokens must be signed with the algorithm. The requests take turns.
pub async fn measure_at(
    (server, url): (&str, &str),
    algorithm: &str,
    connections: usize,
    requests: &[Request],
) -> Times {
    let first = Connection::open(url).await.send(&requests[0]).await;
    assert_eq!(algorithm_of(&first), algorithm);
    let turns = RefCell::new(requests.iter().cycle());
    let [times] = load::measure(url, connections, async |connection: &mut Connection| {
        let request = turns.borrow_mut().next().expect("a request");
        let (answer, took) = timed(connection, request).await;
        assert_eq!(answer.status(), "200");
        assert!(answer.body.starts_with(b"{\"access_token\":"), "a token");
        [took]
    })
    .await;
    table::row(
        [server, &format!("{algorithm} token"), &connections.to_string()],
        &times,
    );
    times
}

/// A client's request for a token. Its id and secret are such that form encoding leaves them as they are.
pub fn client_credentials(url: &str, id: &str, secret: &str) -> Request {
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    form(
        url,
        &[("authorization", &basic)],
        &[("grant_type", "client_credentials")],
    )
}

/// What the header of the token in an answer names.
fn algorithm_of(answer: &Answer) -> String {
    let answer = answer.json();
    let token = answer["access_token"].as_str().expect("a token");
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).expect("a JWT");
    let header: Value = serde_json::from_slice(&header).expect("a JWT");
    header["alg"].as_str().expect("an algorithm").to_owned()
}
