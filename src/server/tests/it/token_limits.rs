//! How much the token endpoint takes, how often, and from whom.

use chrono::Duration;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::http::{Answer, send};
use crate::server::TestServer;
use crate::story::secret_of;

const PATH: &str = "/identity/connect/token";
const MAX_BODY: usize = 64 * 1024;

/// Sends a request as text, and answers the first line that comes back.
async fn raw(server: &TestServer, headers: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(&server.address["http://".len()..]).await.unwrap();
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n{headers}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await.unwrap();
    line
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused() {
    let server = TestServer::start().await;
    // Announced: refused before a byte of it is sent.
    let announced = raw(&server, &format!("content-length: {}", MAX_BODY + 1), b"").await;
    assert_eq!(announced, "HTTP/1.1 413 Payload Too Large\r\n");
    // Not announced: refused at the byte that is one too many. The chunk that ends the body is never sent.
    let mut chunk = format!("{:x}\r\n", MAX_BODY + 1).into_bytes();
    chunk.resize(chunk.len() + MAX_BODY + 1, b'a');
    let chunked = raw(&server, "transfer-encoding: chunked", &chunk).await;
    assert_eq!(chunked, "HTTP/1.1 413 Payload Too Large\r\n");

    let padding = "a".repeat(MAX_BODY - "grant_type=password&client_id=a&client_secret=".len());
    let fits = server.form(
        PATH,
        &[
            ("grant_type", "password"),
            ("client_id", "a"),
            ("client_secret", &padding),
        ],
    );
    assert_eq!(send(fits).await.json()["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn only_post_is_allowed() {
    let server = TestServer::start().await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let answer = send(server.request(method, PATH)).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"));
    }
}

#[tokio::test]
async fn the_path_is_found_in_any_case_and_beside_a_query() {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let (id, secret) = (client.id.to_string(), secret_of(&client));
    for path in ["/Identity/Connect/Token", "/IDENTITY/CONNECT/TOKEN?State=ABC"] {
        let fields = [("grant_type", "client_credentials")];
        let answer = send(server.form(path, &fields).basic_auth(&id, Some(secret))).await;
        assert_eq!(answer.status, 200, "{path}");
    }
    let elsewhere = server.request(Method::POST, "/identity/connect/tokens");
    let answer = send(elsewhere.header(CONTENT_TYPE, "application/x-www-form-urlencoded")).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn after_20_wrong_secrets_only_the_right_one_passes() {
    let server = TestServer::start().await;
    let client = server.add_client().await;
    let id = client.id.to_string();
    let wrong = async || send(server.ask_for_token(&id, "cls_wrong")).await;
    for _ in 0..20 {
        assert_eq!(wrong().await.status, 401);
    }
    let refused = wrong().await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "60"));
    assert_eq!(refused.json()["error"], "invalid_client");
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(send(server.ask_for_token(&id, secret_of(&client))).await.status, 200);
    server.clock.advance(Duration::minutes(1));
    assert_eq!(wrong().await.status, 401);
}

/// A wrong secret, from a proxy that says where it is from.
async fn wrong_from(server: &TestServer, id: &str, forwarded: &str) -> Answer {
    send(
        server
            .ask_for_token(id, "cls_wrong")
            .header("x-forwarded-for", forwarded),
    )
    .await
}

#[tokio::test]
async fn a_forwarded_address_is_believed_from_a_trusted_proxy() {
    let server = TestServer::builder().trusted_proxy("127.0.0.0/8").start().await;
    let id = server.add_client().await.id.to_string();
    for _ in 0..20 {
        // Whatever the sender itself wrote stands in front of what the proxy added.
        assert_eq!(wrong_from(&server, &id, "192.0.2.1, 203.0.113.9").await.status, 401);
    }
    assert_eq!(wrong_from(&server, &id, "203.0.113.9").await.status, 429);
    assert_eq!(wrong_from(&server, &id, "192.0.2.1").await.status, 401);
}

#[tokio::test]
async fn a_forwarded_address_is_believed_from_nobody_else() {
    let server = TestServer::builder().trusted_proxy("10.0.0.0/8").start().await;
    let id = server.add_client().await.id.to_string();
    for number in 0..20 {
        assert_eq!(
            wrong_from(&server, &id, &format!("203.0.113.{number}")).await.status,
            401
        );
    }
    assert_eq!(wrong_from(&server, &id, "203.0.113.99").await.status, 429);
}
