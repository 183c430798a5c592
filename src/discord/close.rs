//! What a closed connection means: the table of close codes, and nothing that acts on it.

use super::error::Fatal;

/// What to do after a connection has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Take up the session where it was.
    Resume,
    /// The session is over: a new one.
    Identify,
    /// Trying again cannot help.
    Final(Fatal),
}

/// The code we close with when the session is to be taken up again: any but 1000 and 1001, which end it.
pub(super) const KEEP: u16 = 4900;
/// The code we close with when the session is to end.
pub(super) const END: u16 = 1000;

/// What Discord's close code asks for (Discord's “Gateway Close Event Codes”). No code, like an
/// unknown one, leaves the session alive: to resume costs nothing if it is not.
pub(super) const fn verdict(code: Option<u16>) -> Verdict {
    match code {
        Some(1000 | 1001 | 4003 | 4007 | 4009) => Verdict::Identify,
        Some(4004) => Verdict::Final(Fatal::Token),
        Some(code @ (4010 | 4011)) => Verdict::Final(Fatal::Shards(code)),
        Some(4012) => Verdict::Final(Fatal::Version),
        Some(code @ (4013 | 4014)) => Verdict::Final(Fatal::Intents(code)),
        _ => Verdict::Resume,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_discords_page_has_its_verdict() {
        for code in [
            None,
            Some(1006),
            Some(4000),
            Some(4001),
            Some(4002),
            Some(4005),
            Some(4008),
            Some(4999),
        ] {
            assert_eq!(verdict(code), Verdict::Resume, "{code:?}");
        }
        for code in [1000, 1001, 4003, 4007, 4009] {
            assert_eq!(verdict(Some(code)), Verdict::Identify, "{code}");
        }
        for code in [4004, 4010, 4011, 4012, 4013, 4014] {
            let Verdict::Final(fatal) = verdict(Some(code)) else {
                panic!("{code} must be final")
            };
            assert_eq!(fatal.code(), code);
            assert!(fatal.to_string().contains(&code.to_string()));
        }
        assert_eq!(
            verdict(Some(KEEP)),
            Verdict::Resume,
            "closing with it must leave the session alive"
        );
    }
}
