//! Templates of code. `{{name}}` stands for a value. A line that begins with `?http`, `?secret` or `?public` and a space
//! stands only where the server speaks plain http, where the client has a secret, or where it has none.

use domain::view::{ClientDetails, Endpoints};
use url::Url;
use url::form_urlencoded::Serializer;

/// What stands in place of a secret.
pub const SECRET: &str = "YOUR_CLIENT_SECRET";

/// What the templates say of a client.
pub struct Values {
    /// Whether the server speaks plain http, which libraries refuse unless they are told.
    http: bool,
    has_secret: bool,
    named: Vec<(&'static str, String)>,
}

impl Values {
    /// The values of a client.
    pub fn of(client: ClientDetails, endpoints: &Endpoints) -> Self {
        let id = client.id.to_string();
        let scope = scope(&client);
        let redirect = client.sign_in.redirect_urls.into_iter().next().unwrap_or_default();
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &id)
            .append_pair("redirect_uri", &redirect)
            .append_pair("scope", scope)
            .append_pair("code_challenge_method", "S256")
            .finish();
        let path = Url::parse(&redirect).map(|url| url.path().to_owned());
        let named = vec![
            ("issuer", endpoints.issuer.clone()),
            ("token_endpoint", endpoints.token.clone()),
            ("authorization_endpoint", endpoints.authorization.clone()),
            ("authorization_request", format!("{}?{query}", endpoints.authorization)),
            ("userinfo_endpoint", endpoints.userinfo.clone()),
            ("client_id", id),
            ("client_secret", SECRET.to_owned()),
            ("scope", scope.to_owned()),
            ("redirect_uri", redirect),
            ("redirect_path", path.unwrap_or_default()),
        ];
        Self {
            http: endpoints.issuer.starts_with("http:"),
            has_secret: client.kind.has_secrets(),
            named,
        }
    }

    /// A template with these values, each as `written` writes it. No value holds braces: they are ids, scopes and URLs, none
    /// of which may hold one.
    pub fn fill(&self, template: &str, written: fn(&str) -> String) -> String {
        let lines: Vec<&str> = template.lines().filter_map(|line| self.kept(line)).collect();
        self.named.iter().fold(lines.join("\n"), |text, (name, value)| {
            text.replace(&format!("{{{{{name}}}}}"), &written(value))
        })
    }

    /// The line without its conditions, if they hold. What is no condition stays, so that it is seen.
    fn kept<'a>(&self, line: &'a str) -> Option<&'a str> {
        let Some((condition, rest)) = line.strip_prefix('?').and_then(|line| line.split_once(' ')) else {
            return Some(line);
        };
        let holds = match condition {
            "http" => self.http,
            "secret" => self.has_secret,
            "public" => !self.has_secret,
            _ => return Some(line),
        };
        if holds { self.kept(rest) } else { None }
    }
}

/// What a client can ask for: the REST API for itself, or who signed in.
fn scope(client: &ClientDetails) -> &'static str {
    if !client.kind.signs_people_in() {
        "ocsapi"
    } else if client.sign_in.allow_refresh_token {
        "openid profile email offline_access"
    } else {
        "openid profile email"
    }
}

/// As it stands between single quotes of a shell.
pub fn shell(value: &str) -> String {
    value.replace('\'', r"'\''")
}

/// As it stands between double quotes of the languages that escape with a backslash.
pub fn literal(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests;
