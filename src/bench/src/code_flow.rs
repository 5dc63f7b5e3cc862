//! Somebody who is signed in opens an application: the code, the tokens for it, who it is, and the next tokens.

use std::time::Duration;

use domain::view::Created;
use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::http::{Answer, Connection, Request, form, request};
use crate::load::{self, timed};
use crate::server::Server;
use crate::table;
use crate::times::Times;

/// How many people open the application at the same time.
const CONNECTIONS: usize = 8;
/// Where the application is.
pub const REDIRECT_URI: &str = "https://app.example.com/callback";
/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The requests, and all of them together.
const NAMES: [&str; 5] = [
    "authorize",
    "code for tokens",
    "userinfo",
    "refresh",
    "these four together",
];

/// Measures each request and the four together, whose times are answered.
pub async fn measure(server: &Server, application: &Created) -> Times {
    let flow = Flow::new(server, application);
    let times = load::measure(&server.url, CONNECTIONS, async |connection: &mut Connection| {
        flow.run(connection).await
    })
    .await;
    for (name, times) in NAMES.iter().zip(&times) {
        table::row(["Clientele", name, &CONNECTIONS.to_string()], times);
    }
    let [.., together] = times;
    together
}

/// What is the same each time.
struct Flow {
    client_id: String,
    authorize: Request,
    token_endpoint: String,
    userinfo_endpoint: String,
}

impl Flow {
    fn new(server: &Server, application: &Created) -> Self {
        let client_id = application.id.to_string();
        let endpoint = |name: &str| format!("{}/identity/connect/{name}", server.url);
        let query = Serializer::new(String::new())
            .extend_pairs([
                ("client_id", client_id.as_str()),
                ("redirect_uri", REDIRECT_URI),
                ("response_type", "code"),
                ("scope", "openid profile email offline_access"),
                ("state", "state"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ])
            .finish();
        let url = format!("{}?{query}", endpoint("authorize"));
        Self {
            client_id,
            authorize: request("GET", &url, &[("cookie", &server.cookies)], ""),
            token_endpoint: endpoint("token"),
            userinfo_endpoint: endpoint("userinfo"),
        }
    }

    async fn run(&self, connection: &mut Connection) -> [Duration; 5] {
        let (answer, authorize) = timed(connection, &self.authorize).await;
        let code = code(&answer);
        let redemption = self.token_request(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ]);
        let (answer, redeem) = timed(connection, &redemption).await;
        let tokens = answer.json();

        let bearer = format!("Bearer {}", text(&tokens, "access_token"));
        let question = request("GET", &self.userinfo_endpoint, &[("authorization", &bearer)], "");
        let (answer, userinfo) = timed(connection, &question).await;
        text(&answer.json(), "email");

        let refreshment = self.token_request(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", text(&tokens, "refresh_token")),
        ]);
        let (answer, refresh) = timed(connection, &refreshment).await;
        text(&answer.json(), "access_token");
        let together = authorize + redeem + userinfo + refresh;
        [authorize, redeem, userinfo, refresh, together]
    }

    fn token_request(&self, fields: &[(&str, &str)]) -> Request {
        let mut fields = fields.to_vec();
        fields.push(("client_id", &self.client_id));
        form(&self.token_endpoint, &[], &fields)
    }
}

/// The code in the redirect to the application.
fn code(answer: &Answer) -> String {
    assert_eq!(answer.status(), "303");
    let location = answer.header("location").expect("a redirect");
    let location = Url::parse(location).expect("a URL");
    let code = location.query_pairs().find(|(name, _)| name == "code");
    code.expect("a code").1.into_owned()
}

fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().expect("a member that the answer has")
}
