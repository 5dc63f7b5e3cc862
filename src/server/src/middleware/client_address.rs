//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use http::HeaderMap;
use ipnet::IpNet;

/// The address of whoever asks, put beside the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Puts the [`ClientAddress`] beside the request. The listener has put there who sent it.
pub fn add(trusted: &[IpNet], mut request: Request) -> Request {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let address = find(peer.ip(), request.headers(), trusted);
        request.extensions_mut().insert(ClientAddress(address));
    }
    request
}

/// From a trusted network `X-Forwarded-For` is read from its end, for as long as the one that added an address is trusted
/// itself. A forged beginning is never reached.
fn find(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    for hop in lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')) {
        if !trusted.iter().any(|network| network.contains(&address)) {
            break;
        }
        let Some(hop) = hop_address(hop.trim_ascii()) else {
            break;
        };
        address = hop.to_canonical();
    }
    address
}

/// An address, to which some proxies add the port.
fn hop_address(hop: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(hop).ok()?;
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

    #[test]
    fn several_lines_are_read_as_one() {
        let mut headers = HeaderMap::new();
        for line in ["1.1.1.1, 203.0.113.9", "10.0.0.3, 10.0.0.2"] {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let found = find([10, 0, 0, 1].into(), &headers, &["10.0.0.0/8".parse().unwrap()]);
        assert_eq!(found, IpAddr::from([203, 0, 113, 9]));
    }
}
