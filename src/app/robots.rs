//! Whether a site lets its pages be fetched: its robots.txt, asked once a day.

use super::{House, sites::Sites};
use crate::{
    http::{Conditions, Limit, Url},
    model::Millis,
    page::{self, Robots},
};

/// How long an answer holds (RFC 9309: a day at most).
const HOLDS: Millis = 24 * 3_600_000;
/// How long it is not asked again after it could not be had.
const PAUSE: Millis = 600_000;
/// The product's name that a site may address.
const AGENT: &str = "daesa";
const LIMIT: Limit = Limit { bytes: 512 * 1024 };

/// What sites have said; none: it could not be had.
pub type Known = Sites<Option<Robots>>;

/// What a site says to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Yes,
    No,
    /// It cannot be reached: nothing may be taken from it (RFC 9309, 2.3.1.4).
    Unknown,
}

/// Whether a page may be fetched.
pub async fn allow(house: &House, address: &str) -> Word {
    let Ok(url) = Url::parse(address) else { return Word::Yes };
    let site = url.origin().ascii_serialization();
    let path = url
        .query()
        .map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let known = house.robots.get(&site);
    let rules = match known {
        Some(rules) => rules,
        None => {
            let rules = ask(house, &site).await;
            let holds = if rules.is_some() { HOLDS } else { PAUSE };
            house.robots.put(site, rules.clone(), holds);
            rules
        }
    };
    match rules {
        Some(rules) if rules.allows(&path) => Word::Yes,
        Some(_) => Word::No,
        None => Word::Unknown,
    }
}

async fn ask(house: &House, site: &str) -> Option<Robots> {
    match house
        .web
        .get(&format!("{site}/robots.txt"), &Conditions::default(), LIMIT)
        .await
    {
        Ok(answer) if answer.status == 200 => {
            let text = page::decode(&answer.body, answer.content_type.as_deref());
            Some(Robots::parse(&text, AGENT))
        }
        // “Unavailable” (4xx): everything may be fetched. “Unreachable” (5xx, 429): nothing, until it can be asked.
        Ok(answer) if answer.status < 500 && answer.status != 429 => Some(Robots::default()),
        Ok(_) => None,
        Err(error) if error.is_final() => Some(Robots::default()),
        Err(_) => None,
    }
}
