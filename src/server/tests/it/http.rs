//! Requests and their answers.

use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use url::form_urlencoded::Serializer;

use crate::server::TestServer;

/// A whole answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Sends the request and reads the whole answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.text().await.unwrap(),
    }
}

impl Answer {
    /// The value of a header; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The `Set-Cookie` header of this cookie, of which there must be one.
    pub fn set_cookie(&self, name: &str) -> &str {
        let sets = |set: &&str| set.split_once('=').is_some_and(|(cookie, _)| cookie == name);
        let found: Vec<&str> = self.set_cookies().filter(sets).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0]
    }

    /// What a browser sends back of all of them.
    pub fn cookie(&self) -> String {
        let pairs: Vec<&str> = self.set_cookies().filter_map(|set| set.split(';').next()).collect();
        assert!(!pairs.is_empty(), "no cookie is set");
        pairs.join("; ")
    }

    fn set_cookies(&self) -> impl Iterator<Item = &str> {
        let values = self.headers.get_all("set-cookie").iter();
        values.map(|value| value.to_str().unwrap())
    }
}

impl TestServer {
    /// The first line that answers a `PUT` which announces a body longer than any may be, and sends none of it.
    pub async fn announce_too_much(&self, path: &str, token: &str) -> String {
        let mut stream = TcpStream::connect(&self.address["http://".len()..]).await.unwrap();
        let head = format!(
            "PUT {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: 100000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).await.unwrap();
        line
    }

    /// All that answers a `POST` of JSON that is longer than any may be. The server may close the connection before it has
    /// read the whole, so what can't be sent any more is not.
    pub async fn post_too_much(&self, path: &str, token: &str, json: &str) -> String {
        let stream = TcpStream::connect(&self.address["http://".len()..]).await.unwrap();
        let (mut reader, mut writer) = stream.into_split();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{json}",
            json.len()
        );
        let sending = tokio::spawn(async move { writer.write_all(request.as_bytes()).await });
        let mut answer = Vec::new();
        // An end that is no end comes after all that was answered.
        let _ = reader.read_to_end(&mut answer).await;
        let _ = sending.await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// A request to a path.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.address))
    }

    /// Opens a page; an empty cookie is none.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = self.request(Method::GET, path);
        send(if cookie.is_empty() {
            request
        } else {
            request.header(COOKIE, cookie)
        })
        .await
    }

    /// A form to be sent.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        self.request(Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(encode(fields))
    }

    /// Calls a server function, such as `clients/list`.
    pub async fn call(&self, function: &str, cookie: &str, arguments: &Value) -> Answer {
        let request = self.request(Method::POST, &format!("/_fn/{function}"));
        send(request.header(COOKIE, cookie).json(arguments)).await
    }
}

/// The fields as a form's body.
pub fn encode(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}
