//! Which address the gateway may be dialled at: the token goes there.

/// Whether the gateway may be dialled at this address: Discord's own hosts over TLS for Discord, for
/// another `DISCORD_API` only the host that it names, on any port.
pub(in super::super) fn may_dial(base: &str, gateway: &url::Url) -> bool {
    let Ok(base) = url::Url::parse(base) else { return false };
    let (Some(base_host), Some(host)) = (base.host_str(), gateway.host_str()) else {
        return false;
    };
    let encrypted = gateway.scheme() == "wss";
    if !encrypted && (gateway.scheme() != "ws" || base.scheme() != "http") {
        return false;
    }
    if base_host == "discord.com" {
        let ours = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
        return encrypted && (ours("discord.gg") || ours("discord.com"));
    }
    host == base_host || (is_loopback(&base) && is_loopback(gateway))
}

fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
