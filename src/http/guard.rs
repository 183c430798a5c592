//! Which addresses may be asked.
//!
//! A private address can come in as a literal host in any notation, as what a name resolves to, as the
//! target of a redirect, or through a proxy from the environment. Every hop of a fetch goes through
//! [`Guard::check`], every name through [`Guard`] as the client's resolver, and the client has no proxy.

use super::WebSettings;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be parsed, or has no host.
    Malformed,
    /// Neither http nor https.
    Scheme,
    /// It holds a user name or a password.
    Credentials,
    /// A port where no web server listens, but other things do.
    Port,
    /// An address of this machine or of a private network.
    Private,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the address cannot be read",
            Self::Scheme => "only http and https addresses are fetched",
            Self::Credentials => "addresses with a user name or a password are not fetched",
            Self::Port => "no website is expected at that port",
            Self::Private => "addresses of private networks are not fetched",
        })
    }
}

impl std::error::Error for Refusal {}

/// The rules, shared by the checks and the resolver.
#[derive(Clone)]
pub(super) struct Guard(Arc<Rules>);

struct Rules {
    allow_loopback: bool,
    resolve: Vec<(String, SocketAddr)>,
}

impl Guard {
    pub(super) fn new(settings: &WebSettings) -> Self {
        let resolve = settings
            .resolve
            .iter()
            .map(|(pattern, address)| (pattern.to_ascii_lowercase(), *address));
        Self(Arc::new(Rules {
            allow_loopback: settings.allow_loopback,
            resolve: resolve.collect(),
        }))
    }

    /// Parses an address and checks everything that can be seen from it.
    pub(super) fn check(&self, address: &str) -> Result<Url, Refusal> {
        let url = Url::parse(address.trim()).map_err(|_| Refusal::Malformed)?;
        self.check_url(&url)?;
        Ok(url)
    }

    /// The same for an address that is parsed already.
    pub(super) fn check_url(&self, url: &Url) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        let literal = match url.host().ok_or(Refusal::Malformed)? {
            Host::Ipv4(ip) => IpAddr::V4(ip),
            Host::Ipv6(ip) => IpAddr::V6(ip),
            Host::Domain(name) if self.pinned(name).is_some() => return Ok(()),
            // What the name leads to is the resolver's business. A port of this machine is let through
            // here for the demo only.
            Host::Domain(_) => {
                return if self.0.allow_loopback || is_web_port(url) {
                    Ok(())
                } else {
                    Err(Refusal::Port)
                };
            }
        };
        if !self.is_allowed(literal) {
            return Err(Refusal::Private);
        }
        if literal.is_loopback() || is_web_port(url) {
            Ok(())
        } else {
            Err(Refusal::Port)
        }
    }

    fn is_allowed(&self, ip: IpAddr) -> bool {
        (self.0.allow_loopback && ip.is_loopback()) || !is_private(ip)
    }

    /// Of what a name leads to at this moment, what may be asked. The client connects to exactly these, so a name that
    /// leads elsewhere a moment later (DNS rebinding) gains nothing: it is resolved, and filtered, anew each time.
    fn allowed(&self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Refusal> {
        let some = !found.is_empty();
        let allowed: Vec<SocketAddr> = found
            .into_iter()
            .filter(|address| self.is_allowed(address.ip()))
            .collect();
        if some && allowed.is_empty() {
            return Err(Refusal::Private);
        }
        Ok(allowed)
    }

    fn pinned(&self, name: &str) -> Option<SocketAddr> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let fits = |pattern: &str| match pattern.strip_prefix("*.") {
            Some(suffix) => name
                .strip_suffix(suffix)
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
            None => name == pattern,
        };
        self.0
            .resolve
            .iter()
            .find(|(pattern, _)| fits(pattern))
            .map(|(_, address)| *address)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            if let Some(address) = guard.pinned(name.as_str()) {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed = guard.allowed(found)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// The web's own ports and the unprivileged ones, without those of databases, mail and the like.
fn is_web_port(url: &Url) -> bool {
    const OTHERS: [u16; 24] = [
        1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 3306, 3389, 4045, 5060, 5061, 5432, 5900, 5984, 6000,
        6379, 6667, 9200, 9300, 11211, 27017,
    ];
    match url.port_or_known_default() {
        Some(80 | 443) => true,
        Some(port) => port >= 1024 && !OTHERS.contains(&port),
        None => false,
    }
}

/// Whether an address belongs to this machine, a private network, or nobody.
#[must_use]
pub fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    match ip.octets() {
        [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..] | [192, 0, 0, _] | [198, 18 | 19, ..] => true,
        [100, b, ..] => (64..=127).contains(&b),
        [172, b, ..] => (16..=31).contains(&b),
        [a, ..] => a >= 224,
    }
}

/// Addresses that carry an IPv4 address are judged by that one as well.
fn is_private_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // ::, ::1 and the old form of embedding.
        [0, 0, 0, 0, 0, 0, high, low] => high == 0 || v4(high, low),
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        // Local NAT64, Teredo, discard only.
        [0x64, 0xff9b, 1, ..] | [0x2001, 0, ..] | [0x100, 0, 0, 0, ..] => true,
        [0x2002, high, low, ..] => v4(high, low),
        // fc00::/7 unique local, fe80::/10 link local, fec0::/10 site local, ff00::/8 multicast.
        [first, ..] => first & 0xfe00 == 0xfc00 || first & 0xff80 == 0xfe80 || first & 0xff00 == 0xff00,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allow_loopback: bool) -> Guard {
        let resolve = vec![("*.test".to_owned(), SocketAddr::from(([127, 0, 0, 1], 9)))];
        Guard::new(&WebSettings {
            allow_loopback,
            resolve,
            ..WebSettings::default()
        })
    }

    #[test]
    fn private_hosts_in_every_notation() {
        for address in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://[::ffff:127.0.0.1]/",
            "http://[::1]/",
            "http://[::]/",
            "http://0.0.0.0/",
            "http://0/",
            "http://10.1.2.3/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://172.31.255.255/",
            "http://192.0.0.8/",
            "http://192.168.1.1/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[fc00::1]/",
            "http://[fe80::1]/",
            "http://[ff02::1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[::127.0.0.1]/",
            "http://[::ffff:0:7f00:1]/",
            "http://[2001:0:7f00:1::]/",
            "http://１２７.０.０.１/",
        ] {
            assert_eq!(guard(false).check(address).err(), Some(Refusal::Private), "{address}");
        }
    }

    #[test]
    fn what_else_is_refused() {
        for (address, why) in [
            ("file:///etc/passwd", Refusal::Scheme),
            ("ftp://example.com/", Refusal::Scheme),
            ("gopher://example.com/", Refusal::Scheme),
            ("http://user:secret@example.com/", Refusal::Credentials),
            ("http://user@example.com/", Refusal::Credentials),
            ("http://example.com:22/", Refusal::Port),
            ("http://example.com:6379/", Refusal::Port),
            ("http://8.8.8.8:25/", Refusal::Port),
            ("example.com", Refusal::Malformed),
            ("http://", Refusal::Malformed),
            ("", Refusal::Malformed),
        ] {
            assert_eq!(guard(false).check(address).err(), Some(why), "{address}");
        }
    }

    #[test]
    fn what_a_name_leads_to_is_filtered_each_time() {
        let at = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let (public, other) = (at("93.184.216.34:0"), at("[2606:4700::1111]:0"));
        let private = [
            "10.0.0.7:0",
            "127.0.0.1:0",
            "[::1]:0",
            "[::ffff:192.168.0.1]:0",
            "169.254.169.254:0",
        ]
        .map(at);
        let guard = guard(false);
        // First an address of the web, then one of this network: the second answer is refused as if it were the first.
        assert_eq!(guard.allowed(vec![public]), Ok(vec![public]));
        for address in private {
            assert_eq!(guard.allowed(vec![address]), Err(Refusal::Private), "{address}");
        }
        // Both in one answer: only that of the web is ever connected to.
        let mixed = private.into_iter().chain([public, other]).collect();
        assert_eq!(guard.allowed(mixed), Ok(vec![public, other]));
        assert_eq!(
            guard.allowed(Vec::new()),
            Ok(Vec::new()),
            "an unknown name is not a private one"
        );
    }

    #[test]
    fn what_is_open() {
        for address in [
            "https://www.example.com/feed",
            "http://example.com:8080/",
            "http://8.8.8.8/",
            "http://[2606:4700::1111]/",
            "http://news.test/",
            "http://a.news.test:1/",
        ] {
            assert!(guard(false).check(address).is_ok(), "{address}");
        }
        assert!(guard(true).check("http://127.0.0.1:34567/").is_ok());
        assert!(guard(true).check("http://localhost:34567/").is_ok());
        assert_eq!(guard(true).check("http://10.0.0.1/").err(), Some(Refusal::Private));
        assert_eq!(
            guard(true).check("http://[::ffff:10.0.0.1]/").err(),
            Some(Refusal::Private)
        );
    }

    #[test]
    fn a_pattern_fits_names_under_it_only() {
        let guard = guard(false);
        assert!(guard.pinned("a.test").is_some());
        assert!(guard.pinned("A.TEST.").is_some());
        for name in ["test", ".test", "atest", "test.com", "a.test.com"] {
            assert!(guard.pinned(name).is_none(), "{name}");
        }
    }
}
