//! Whether a site lets its pages be fetched: its robots.txt, asked once a day. And fetching them where it does, with every
//! address that one leads on to.

use super::{House, sites::Sites};
use crate::{
    http::{Conditions, FetchError, Fetched, Limit, Url},
    model::Millis,
    page::{self, Robots},
};

/// How long an answer holds (RFC 9309: a day at most).
const HOLDS: Millis = 24 * 3_600_000;
/// How long it is not asked again after it could not be had.
const PAUSE: Millis = 600_000;
/// The product's name that a site may address.
const AGENT: &str = "daesa";
/// Of a longer one the beginning counts; one that is longer still is none that can be read.
const LIMIT: Limit = Limit { bytes: 4 * 1024 * 1024 };

/// What sites have said; none: it could not be had.
pub type Known = Sites<Option<Robots>>;

/// What keeps a site's pages from being fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It says so.
    Forbidden,
    /// It cannot be asked: nothing may be taken from it (RFC 9309, 2.3.1.4).
    Unknown,
}

/// Why a page was not fetched.
#[derive(Debug)]
pub enum Denied {
    /// It, or one that it leads on to, may not be.
    Closed(Closed),
    /// There was no answer.
    Failed(FetchError),
}

/// Fetches a page, when it and every one that it leads on to may be fetched.
pub async fn fetch(house: &House, address: &str, limit: Limit) -> Result<Fetched, Denied> {
    allow(house, address).await.map_err(Denied::Closed)?;
    let may = |next: String| async move { allow(house, &next).await };
    let fetched = house.web.get_where(address, &Conditions::default(), limit, may).await;
    fetched.map_err(Denied::Failed)?.map_err(Denied::Closed)
}

/// Whether a page may be fetched.
pub async fn allow(house: &House, address: &str) -> Result<(), Closed> {
    let Ok(url) = Url::parse(address) else { return Ok(()) };
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
        Some(rules) if rules.allows(&path) => Ok(()),
        Some(_) => Err(Closed::Forbidden),
        None => Err(Closed::Unknown),
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
        // One that leads nowhere is none.
        Err(FetchError::Redirects(_) | FetchError::Refused { .. }) => Some(Robots::default()),
        Err(_) => None,
    }
}
