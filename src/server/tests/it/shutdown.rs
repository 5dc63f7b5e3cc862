//! What happens to requests under way when the server is told to end.

use server::listen::{Gate, listen};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::server::{TestServer, listener};

const BODY: &str = "grant_type=client_credentials";

#[tokio::test]
async fn a_request_under_way_is_answered_and_a_new_one_is_not() {
    let test = TestServer::start().await;
    let (listener, gate) = (listener().await, Gate::default());
    let address = listener.local_addr().unwrap();
    let _ = gate.set(server::router::router(test.service.clone(), Vec::new()));
    let (stop, stopped) = watch::channel(false);
    let ended = tokio::spawn(listen(listener, gate, stopped));

    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /identity/connect/token HTTP/1.1\r\nhost: {address}\r\nexpect: 100-continue\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut begun = [0; 25];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 100 Continue\r\n\r\n", "the body is being read");

    stop.send(true).unwrap();
    stream.write_all(BODY.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    ended.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
