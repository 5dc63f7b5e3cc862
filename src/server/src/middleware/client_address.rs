//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use ipnet::IpNet;

/// The address of whoever asks, put beside the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Puts the [`ClientAddress`] beside the request.
pub async fn add(
    State(trusted): State<Arc<[IpNet]>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = find(peer.ip(), request.headers(), &trusted);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// From a trusted network `X-Forwarded-For` is read from its end, for as long as the one that added an address is trusted
/// itself. A forged beginning is never reached.
fn find(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let forwarded: Vec<String> = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect();
    let mut address = peer.to_canonical();
    for hop in forwarded.join(",").rsplit(',') {
        if !trusted.iter().any(|network| network.contains(&address)) {
            break;
        }
        let Some(hop) = hop_address(hop.trim()) else {
            break;
        };
        address = hop.to_canonical();
    }
    address
}

/// An address, to which some proxies add the port.
fn hop_address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|hop| hop.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nobody_is_trusted("192.0.2.1", "203.0.113.9", "", "192.0.2.1")]
    #[case::the_proxy_is_trusted("10.0.0.1", "203.0.113.9", "10.0.0.0/8", "203.0.113.9")]
    #[case::a_forged_start_is_not_reached("10.0.0.1", "1.1.1.1, 203.0.113.9", "10.0.0.0/8", "203.0.113.9")]
    #[case::two_proxies("10.0.0.1", "203.0.113.9, 10.0.0.2", "10.0.0.0/8", "203.0.113.9")]
    #[case::nonsense_ends_it("10.0.0.1", "203.0.113.9, unknown", "10.0.0.0/8", "10.0.0.1")]
    #[case::with_a_port("10.0.0.1", "203.0.113.9:4711", "10.0.0.0/8", "203.0.113.9")]
    #[case::mapped_addresses("::ffff:10.0.0.1", "203.0.113.9", "10.0.0.0/8", "203.0.113.9")]
    fn only_trusted_proxies_are_believed(
        #[case] peer: &str,
        #[case] forwarded: &str,
        #[case] trusted: &str,
        #[case] expected: &str,
    ) {
        let trusted: Vec<IpNet> = trusted.split(',').filter_map(|network| network.parse().ok()).collect();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let found = find(peer.parse().unwrap(), &headers, &trusted);
        assert_eq!(found, expected.parse::<IpAddr>().unwrap());
    }
}
