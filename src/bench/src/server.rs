//! The program that is measured.

use std::process::Stdio;

use domain::add_client::AddClientForm;
use domain::view::Created;
use serde_json::{Value, json};
use store::testing::TestDatabase;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::http::{Connection, Request, form, request};

const EMAIL: &str = "admin@example.com";
const PASSWORD: &str = "correct horse battery";

/// A running server, with the administrator signed in. It ends when it is dropped.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub url: String,
    /// What the administrator's browser sends.
    pub cookies: String,
}

impl Server {
    /// Starts one on this database.
    pub async fn start(place: &TestDatabase) -> Self {
        let mut process = command(place, &["serve", "--listen", "127.0.0.1:0"])
            .env("CLIENTELE_ADMIN_EMAIL", EMAIL)
            .env("CLIENTELE_ADMIN_PASSWORD", PASSWORD)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program that CLIENTELE_BIN names");
        let url = printed_url(&mut process, "Clientele is ready. Open ").await;
        let cookies = sign_in(&url).await;
        Self { process, url, cookies }
    }

    /// Adds a client as the administrator.
    pub async fn add_client(&self, form: &AddClientForm) -> Created {
        let request = self.call("clients/add", &json!({ "form": form }));
        let answer = Connection::open(&self.url).await.send(&request).await;
        serde_json::from_value(answer.json()).expect("the new client")
    }

    /// A call of one of the pages' functions as the administrator.
    pub fn call(&self, function: &str, arguments: &Value) -> Request {
        let url = format!("{}/_fn/{function}", self.url);
        let headers = [("content-type", "application/json"), ("cookie", self.cookies.as_str())];
        request("POST", &url, &headers, &arguments.to_string())
    }

    /// The memory that it has now, in MiB. Only Linux tells.
    pub fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: f64 = resident.trim_end_matches("kB").trim().parse().ok()?;
        Some(kibibytes / 1024.0)
    }
}

/// Runs a command of the program to its end.
pub async fn run(place: &TestDatabase, arguments: &[&str]) {
    let output = command(place, arguments).output().await;
    let output = output.expect("the program that CLIENTELE_BIN names");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "clientele {}: {words}", arguments.join(" "));
}

/// The URL that a server prints after these words, once it listens.
pub async fn printed_url(process: &mut Child, words: &str) -> String {
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    loop {
        let line = lines.next_line().await.expect("its output").expect("it ended");
        if let Some(url) = line.strip_prefix(words) {
            return url.trim_end_matches('/').to_owned();
        }
    }
}

/// The program on this database.
fn command(place: &TestDatabase, arguments: &[&str]) -> Command {
    #[expect(clippy::disallowed_methods, reason = "a bench has no configuration of its own")]
    let program = std::env::var_os("CLIENTELE_BIN").expect("CLIENTELE_BIN: run `make bench`");
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("CLIENTELE_DATABASE_URL", &place.url)
        .env(
            "CLIENTELE_KEY_ENCRYPTION_KEY",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        )
        .env("CLIENTELE_LOG", "warn");
    command
}

/// Signs the administrator in and answers the cookies.
async fn sign_in(url: &str) -> String {
    let fields = [("email", EMAIL), ("password", PASSWORD)];
    let request = form(&format!("{url}/sign-in"), &[], &fields);
    let answer = Connection::open(url).await.send(&request).await;
    assert_eq!(answer.status(), "303");
    let set = answer.headers("set-cookie");
    let cookies: Vec<&str> = set.filter_map(|cookie| cookie.split(';').next()).collect();
    cookies.join("; ")
}
