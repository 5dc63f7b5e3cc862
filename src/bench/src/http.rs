//! Just enough of an HTTP/1.1 client (RFC 9112) to keep servers busy: what it costs is missing to the server beside it.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use url::form_urlencoded::Serializer;

/// A request as it goes over the wire.
pub type Request = Vec<u8>;

/// A request to a URL that begins with `http://`.
pub fn request(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let (host, path) = host_and_path(url);
    let length = body.len();
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\n");
    for &(name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.extend(["\r\n", body]);
    text.into_bytes()
}

/// A form that is sent to a URL.
pub fn form(url: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Request {
    let mut headers = headers.to_vec();
    headers.push(("content-type", "application/x-www-form-urlencoded"));
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    request("POST", url, &headers, &body)
}

/// A connection that stays open.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Connects to the server of a URL.
    pub async fn open(url: &str) -> Self {
        let (host, _) = host_and_path(url);
        let stream = TcpStream::connect(host).await.expect("a server");
        stream.set_nodelay(true).expect("a connection");
        Self(BufReader::new(stream))
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: &Request) -> Answer {
        self.0.write_all(request).await.expect("an open connection");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            self.read_line(&mut head).await;
        }
        let mut answer = Answer { head, body: Vec::new() };
        match answer.header("content-length") {
            Some(length) => {
                let length = length.parse().expect("a length");
                self.read_more(&mut answer.body, length).await;
            }
            None => self.read_chunks(&mut answer.body).await,
        }
        answer
    }

    async fn read_chunks(&mut self, body: &mut Vec<u8>) {
        loop {
            let mut line = String::new();
            self.read_line(&mut line).await;
            let length = usize::from_str_radix(line.trim_end(), 16).expect("the length of a chunk");
            let end = body.len() + length;
            // A line ends after it.
            self.read_more(body, length + 2).await;
            body.truncate(end);
            if length == 0 {
                return;
            }
        }
    }

    async fn read_line(&mut self, text: &mut String) {
        let read = self.0.read_line(text).await.expect("a line");
        assert!(read > 0, "the server closed the connection");
    }

    async fn read_more(&mut self, body: &mut Vec<u8>, length: usize) {
        let start = body.len();
        body.resize(start + length, 0);
        self.0.read_exact(&mut body[start..]).await.expect("a whole answer");
    }
}

/// An answer.
pub struct Answer {
    head: String,
    /// What follows the headers.
    pub body: Vec<u8>,
}

impl Answer {
    /// The status, such as 200.
    pub fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// The values of a header.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.head.lines().filter_map(move |line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    /// The body of an answer that must be good and JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.status(), "200");
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// The parts of a URL.
fn host_and_path(url: &str) -> (&str, &str) {
    let url = url.trim_start_matches("http://");
    url.split_at(url.find('/').unwrap_or(url.len()))
}
