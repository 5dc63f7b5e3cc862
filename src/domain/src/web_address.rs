//! What redirect URLs and CORS origins have in common: how a URL is read strictly (RFC 3986), and which hosts are allowed.
//!
//! Browsers are more lenient: they turn `\` into `/`, `%2e%2e` into `..` and `0x7f.1` into an address. What they would read
//! otherwise than it is written is refused, so that the text that is compared is the place that is meant.

use std::net::Ipv6Addr;

use fluent_uri::Uri;
use fluent_uri::component::{Authority, Host};

use crate::text::is_hidden;

/// The most characters of a URL.
pub const MAX_URL: usize = 2_000;
/// The most entries of a list of URLs or origins.
pub const MAX_URLS: usize = 10;

/// Reads an absolute URL. The error is a sentence without the name of the field.
pub(crate) fn parse(text: &str) -> Result<Uri<&str>, String> {
    if text.is_empty() {
        return Err("Enter a URL first.".to_owned());
    }
    let length = text.chars().count();
    if length > MAX_URL {
        return Err(format!("A URL is at most 2,000 characters. This has {length}."));
    }
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        let code = u32::from(hidden);
        return Err(format!(
            "It holds a character that can't be seen (U+{code:04X}). Remove it."
        ));
    }
    if text.contains(char::is_whitespace) {
        return Err("It holds a space. Write a space within a URL as %20.".to_owned());
    }
    if let Some(foreign) = text.chars().find(|c| !c.is_ascii()) {
        return Err(format!(
            "It holds “{foreign}”. A URL is written in ASCII: the host in its xn-- form, other characters with %."
        ));
    }
    if text.contains('*') {
        return Err("It holds a wildcard (*). Enter each URL in full.".to_owned());
    }
    if text.contains('\\') {
        return Err("It holds a backslash (\\). Use / instead.".to_owned());
    }
    Uri::parse(text).map_err(|_| {
        if text.contains(':') {
            "It is not a URL. Check it character by character.".to_owned()
        } else {
            "It has no scheme. Begin with https://.".to_owned()
        }
    })
}

/// Whether a web address begins with `https`, or with `http` on this very machine.
pub(crate) fn check_scheme(scheme: &str, authority: &Authority<'_>) -> Result<(), String> {
    if scheme == "https" || is_this_machine(authority) {
        return Ok(());
    }
    Err("http is for this machine alone: localhost, 127.0.0.1 or [::1]. Use https.".to_owned())
}

/// Whether the host is `localhost`, `127.0.0.0/8` or `[::1]` (RFC 8252, sections 7.3 and 8.3).
fn is_this_machine(authority: &Authority<'_>) -> bool {
    match authority.host_parsed() {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address == Ipv6Addr::LOCALHOST,
        Host::RegName(name) => name.as_str().eq_ignore_ascii_case("localhost"),
        Host::IpvFuture { .. } => false,
    }
}

/// Checks an authority: a host that every program reads alike, a port that exists, and nobody's name before them.
pub(crate) fn check_authority(authority: &Authority<'_>) -> Result<(), String> {
    if authority.has_userinfo() {
        return Err("It holds a user name before @. Remove that part.".to_owned());
    }
    if authority.has_port() && !matches!(authority.port_to_u16(), Ok(Some(1..))) {
        return Err("Its port is not a number from 1 to 65535.".to_owned());
    }
    match authority.host_parsed() {
        Host::Ipv4(_) => Ok(()),
        Host::Ipv6(address) if address.to_ipv4_mapped().is_none() => Ok(()),
        Host::RegName(name) if is_host_name(name.as_str()) => Ok(()),
        Host::RegName(name) if name.is_empty() => Err("It names no host.".to_owned()),
        _ => {
            let host = authority.host();
            Err(format!(
                "“{host}” is not the name or address of a host. A name is made of letters, digits, dots, hyphens and \
                 underscores, and doesn't end in a number."
            ))
        }
    }
}

/// Whether this is a DNS name that no browser takes for an IPv4 address (which it does when the last label is a number).
fn is_host_name(name: &str) -> bool {
    let label_is_right = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let last = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let number = last.bytes().all(|b| b.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()));
    name.len() <= 253 && name.split('.').all(label_is_right) && !number
}

/// The host as browsers write it in an origin (RFC 6454, section 6).
pub(crate) fn canonical_host(authority: &Authority<'_>) -> String {
    match authority.host_parsed() {
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => format!("[{address}]"),
        _ => authority.host().to_ascii_lowercase(),
    }
}

/// A part of what was typed, for a message: never a page of it.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 80;
    let shown: String = text.chars().filter(|c| !is_hidden(*c)).take(SHOWN).collect();
    let more = if text.chars().count() > SHOWN { "…" } else { "" };
    format!("“{shown}{more}”")
}
