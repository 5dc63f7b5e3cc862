//! What redirect URLs and CORS origins have in common: how a URL is read strictly (RFC 3986), and which hosts are allowed.
//!
//! Browsers are more lenient: they turn `\` into `/`, `%2e%2e` into `..` and `0x7f.1` into an address. What they would read
//! otherwise than it is written is refused, so that the text that is compared is the place that is meant.

use std::net::Ipv6Addr;

use fluent_uri::Uri;
use fluent_uri::component::{Authority, Host};

use crate::number::grouped;
use crate::text::is_unseen;

/// The most characters of a URL.
pub const MAX_URL: usize = 2_000;
/// The most entries of a list of URLs or origins.
pub const MAX_URLS: usize = 10;

/// What a web address without a host is told.
pub(crate) const NO_HOST: &str = "It names no host. Write one after https://, such as https://app.example.com.";

/// Reads an absolute URL. The error is a sentence without the name of the field.
pub(crate) fn parse(text: &str) -> Result<Uri<&str>, String> {
    if text.is_empty() {
        return Err("Enter a URL first.".to_owned());
    }
    let length = text.chars().count();
    if length > MAX_URL {
        let (most, length) = (grouped(MAX_URL as u64), grouped(length as u64));
        return Err(format!("A URL is at most {most} characters. This has {length}."));
    }
    if let Some(unseen) = text.chars().find(|c| is_unseen(*c)) {
        let code = u32::from(unseen);
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

/// Checks what stands around a host: nobody's name before it, and a port that exists.
pub(crate) fn check_user_and_port(authority: &Authority<'_>) -> Result<(), String> {
    if authority.has_userinfo() {
        return Err("It holds a user name before @. Remove that part.".to_owned());
    }
    if authority.has_port() && !matches!(authority.port_to_u16(), Ok(Some(1..))) {
        return Err("Its port is not a number from 1 to 65535. Correct it or leave it out.".to_owned());
    }
    Ok(())
}

/// Checks that the host is one that every program reads alike. A label that begins with `xn--` isn't decoded: where it is
/// broken, no browser goes there.
pub(crate) fn check_host(authority: &Authority<'_>) -> Result<(), String> {
    let host = authority.host();
    if host.is_empty() {
        return Err(NO_HOST.to_owned());
    }
    let host = quoted(host);
    match authority.host_parsed() {
        Host::Ipv4(_) => Ok(()),
        Host::Ipv6(address) => match address.to_ipv4_mapped() {
            Some(within) => Err(format!("{host} is an IPv4 address within an IPv6 one. Write {within}.")),
            None => Ok(()),
        },
        Host::RegName(name) if is_host_name(name.as_str()) => {
            if ends_in_number(name.as_str()) {
                return Err(format!(
                    "{host} ends in a number, but is not an IPv4 address such as 192.0.2.7. Correct it."
                ));
            }
            Ok(())
        }
        _ => Err(format!(
            "{host} is not the name or address of a host. A name is made of letters, digits, hyphens and underscores, with \
             single dots between them."
        )),
    }
}

/// Whether this is a name as DNS has them.
fn is_host_name(name: &str) -> bool {
    let label_is_right = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    name.len() <= 253 && name.split('.').all(label_is_right)
}

/// Whether browsers take this name for an IPv4 address: its last label is a number.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    last.bytes().all(|b| b.is_ascii_digit())
        || last
            .strip_prefix("0x")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_hexdigit()))
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
    let shown: String = text.chars().filter(|c| !is_unseen(*c)).take(SHOWN).collect();
    let more = if text.chars().count() > SHOWN { "…" } else { "" };
    format!("“{shown}{more}”")
}

#[cfg(test)]
pub(crate) mod testing {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    /// IPv6 addresses as hosts, shortened or in full, with runs of zeros and IPv4 addresses within them.
    pub(crate) fn ipv6_hosts() -> impl Strategy<Value = String> {
        let segments = prop_oneof![
            4 => prop::array::uniform8(prop_oneof![Just(0_u16), any::<u16>()]),
            1 => any::<Ipv4Addr>().prop_map(|address| address.to_ipv6_mapped().segments()),
        ];
        (segments, any::<bool>()).prop_map(|(segments, short)| {
            if short {
                format!("[{}]", Ipv6Addr::from(segments))
            } else {
                format!("[{}]", segments.map(|segment| format!("{segment:x}")).join(":"))
            }
        })
    }
}
