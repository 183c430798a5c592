//! Pages that stand in the place of an article: a check whether a person asks, an error that calls itself a success, a
//! question about cookies, an offer to subscribe. What they say is nobody's news.

use super::text::plain;
use super::tokens::{Token, Tokens};
use crate::model::Article;

/// Articles have more words than walls: what has so many is read, whatever else stands on its page.
const ARTICLE: usize = 250;
/// A check says less than this; pages of articles have the same signs in their comment forms, and scripts that look on.
const CHECK: usize = 80;
/// Words of an excerpt before an offer to subscribe.
const EXCERPT: usize = 150;
/// How many of the paragraphs of a question about cookies are about that, in percent.
const ABOUT_COOKIES: usize = 50;

/// What stands in an article's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// Whether a person asks is to be shown first. It may be gone another time.
    Challenge,
    /// An error, though the status says that all is well.
    Error,
    /// A question about cookies or consent.
    Cookies,
    /// An offer to subscribe or to log in, with the beginning of the article at most.
    Paywall,
}

impl Wall {
    /// What it is, for a trace.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Challenge => "the page asks whether a person is there",
            Self::Error => "the page is an error, though its status is none",
            Self::Cookies => "the page asks about cookies",
            Self::Paywall => "the page is behind a paywall",
        }
    }
}

/// Signs in the markup of a check.
const CHECKS: [&str; 10] = [
    // Cloudflare puts another script of /cdn-cgi/challenge-platform/ into every page that it lets through.
    "/orchestrate/",
    "cf-browser-verification",
    "cf_chl_opt",
    "_incapsula_resource",
    "px-captcha",
    "captcha-delivery.com",
    "g-recaptcha",
    "h-captcha",
    "cf-turnstile",
    "ddos-guard",
];
/// What a check says in its headline or text.
const CHECK_WORDS: [&str; 13] = [
    "just a moment",
    "attention required",
    "checking your browser",
    "verify you are human",
    "verify that you are human",
    "are you a robot",
    "pardon our interruption",
    "one more step",
    "unusual traffic",
    "enable javascript and cookies to continue",
    "access to this page has been denied",
    "access denied",
    "로봇이 아닙니다",
];
/// What an error says in its headline.
const ERROR_WORDS: [&str; 20] = [
    "404",
    "403",
    "500",
    "502",
    "503",
    "page not found",
    "not found",
    "nothing found",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "error establishing a database connection",
    "something went wrong",
    "under maintenance",
    "scheduled maintenance",
    "oops",
    "페이지를 찾을 수 없",
    "존재하지 않는 페이지",
    "삭제된 기사",
    "점검 중",
];
const COOKIE_WORDS: [&str; 10] = [
    "cookie",
    "consent",
    "gdpr",
    "personal data",
    "personalised ads",
    "personalized ads",
    "privacy polic",
    "our partners",
    "쿠키",
    "개인정보",
];
const PAY_WORDS: [&str; 16] = [
    "subscribe to continue",
    "subscribe to read",
    "subscribe now to read",
    "to continue reading",
    "continue reading this article",
    "for subscribers only",
    "subscriber only",
    "subscribers only",
    "members only",
    "exclusive to subscribers",
    "log in to read",
    "sign in to read",
    "you have reached your limit",
    "구독자 전용",
    "유료 회원",
    "회원 전용",
];
/// What an offer says as well, and every page on which somebody can log in: it counts within the text alone.
const LOGIN_WORDS: [&str; 4] = [
    "already a subscriber",
    "already a member",
    "create a free account",
    "로그인 후 이용",
];

/// What stands in the place of the article, if anything does. `html` is the page, `article` what was made of it.
#[must_use]
pub fn wall(html: &str, article: &Article) -> Option<Wall> {
    let words: usize = article
        .paragraphs
        .iter()
        .map(|p| p.text.split_whitespace().count())
        .sum();
    if words >= ARTICLE {
        return None;
    }
    let page = Page::of(html);
    let title = plain(&article.title);
    let text: String = article.paragraphs.iter().map(|p| plain(&p.text) + "\n").collect();
    let has = |text: &str, list: &[&str]| list.iter().any(|words| text.contains(&plain(words)));
    if has(&title, &CHECK_WORDS) || has(&page.title, &CHECK_WORDS) || (page.is_check && words < CHECK) {
        return Some(Wall::Challenge);
    }
    if is_error(&title) || is_error(&page.title) {
        return Some(Wall::Error);
    }
    let about_cookies = article
        .paragraphs
        .iter()
        .filter(|p| has(&plain(&p.text), &COOKIE_WORDS))
        .count();
    if about_cookies > 0 && about_cookies * 100 >= article.paragraphs.len() * ABOUT_COOKIES {
        return Some(Wall::Cookies);
    }
    // The offer is often left out of the article with the rest of the furniture.
    let is_told = has(&text, &PAY_WORDS) || has(&text, &LOGIN_WORDS);
    let offered = page.is_paid || is_told || has(&page.text, &PAY_WORDS);
    (words < EXCERPT && offered).then_some(Wall::Paywall)
}

/// A number alone is no error: “404 Days Of You” is a drama.
fn is_error(title: &str) -> bool {
    ERROR_WORDS.iter().map(|words| plain(words)).any(|words| {
        let number = words.bytes().all(|byte| byte.is_ascii_digit());
        let rest = title.strip_prefix(&words).map(str::trim_start);
        if number {
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("error") || rest.starts_with("not found"))
                || title.ends_with(&format!("error {words}"))
        } else {
            rest.is_some_and(|rest| rest.split(' ').count() <= 4)
        }
    })
}

/// What the markup shows.
#[derive(Default)]
struct Page {
    title: String,
    /// The text of a short page.
    text: String,
    is_check: bool,
    is_paid: bool,
}

impl Page {
    /// The longest text of a page that is looked through.
    const TEXT: usize = 20_000;

    fn of(html: &str) -> Self {
        let mut page = Self::default();
        for token in Tokens::new(html) {
            match token {
                Token::Text(text) if page.text.len() < Self::TEXT => {
                    page.text.push_str(text);
                    page.text.push(' ');
                }
                Token::Open { name, attributes, raw } => {
                    if name.eq_ignore_ascii_case("title") && page.title.is_empty() {
                        page.title = plain(raw);
                    }
                    let attributes = attributes.to_ascii_lowercase();
                    page.is_check |= CHECKS.iter().any(|sign| attributes.contains(sign));
                    if name.eq_ignore_ascii_case("script") {
                        page.script(&attributes, raw);
                    } else if name.eq_ignore_ascii_case("meta") {
                        page.is_paid |= attributes.contains("article:content_tier")
                            && (attributes.contains("locked") || attributes.contains("metered"));
                    }
                }
                Token::Text(_) | Token::Close(_) => {}
            }
        }
        page.text = plain(&page.text);
        page
    }

    /// Scripts of checks are short; structured data says whether an article is free.
    fn script(&mut self, attributes: &str, raw: &str) {
        if raw.len() > Self::TEXT {
            return;
        }
        let raw = raw.to_ascii_lowercase();
        if attributes.contains("ld+json") {
            let tight: String = raw.chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
            self.is_paid |= tight.contains("isaccessibleforfree:false");
        } else {
            self.is_check |= CHECKS.iter().any(|sign| raw.contains(sign));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::from_page;

    fn found(html: &str) -> Option<Wall> {
        wall(html, &from_page(html, Some("https://news.test/a")))
    }

    fn page(title: &str, head: &str, body: &str) -> String {
        format!(
            "<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
        )
    }

    const STORY: &str = "<p>Ryu Da On carried the lamp over the wet sand at night, and nobody in the crew said a word.</p>\
        <p>“I could not feel my feet,” she said after the last take of “The Tidewater Clinic.”</p>";

    #[test]
    fn checks_are_no_articles() {
        for html in [
            page(
                "Just a moment...",
                "",
                "<p>Enable JavaScript and cookies to continue</p>",
            ),
            page(
                "news.test",
                "",
                "<p>Please wait.</p><script>window._cf_chl_opt={cType:'managed'}</script>",
            ),
            page(
                "Attention Required! | Guard",
                "",
                "<p>Why do I have to complete a captcha? It shows that you are human.</p>",
            ),
            page(
                "Welcome",
                "",
                "<form><div class='g-recaptcha' data-sitekey='x'></div></form><p>Press the box to go on.</p>",
            ),
            page(
                "Access Denied",
                "",
                "<p>You don't have permission to access this page on this server.</p>",
            ),
        ] {
            assert_eq!(found(&html), Some(Wall::Challenge), "{html}");
        }
    }

    #[test]
    fn errors_with_a_good_status_are_no_articles() {
        for html in [
            page(
                "404 Not Found",
                "",
                "<p>The requested page was not found on this server.</p>",
            ),
            page(
                "Page not found – Drama Lantern",
                "",
                "<p>It looks like nothing was found at this place. Try a search?</p>",
            ),
            page(
                "Oops! Something went wrong",
                "",
                "<p>We are looking into it, please come back later.</p>",
            ),
            page("Error 503", "", "<p>The server is busy at the moment.</p>"),
            page(
                "페이지를 찾을 수 없습니다",
                "",
                "<p>요청하신 기사가 삭제되었거나 주소가 바뀌었습니다.</p>",
            ),
        ] {
            assert_eq!(found(&html), Some(Wall::Error), "{html}");
        }
    }

    #[test]
    fn questions_about_cookies_are_no_articles() {
        let html = page(
            "Before you continue",
            "",
            "<p>We and our partners store and read cookies to show personalised ads and to measure what is read.</p>\
             <p>You can withdraw your consent at any time in the settings below.</p><p>Accept all. Reject all.</p>",
        );
        assert_eq!(found(&html), Some(Wall::Cookies));
    }

    #[test]
    fn an_excerpt_before_an_offer_is_no_article() {
        let teaser = "<p>Ryu Da On has a secret, and tonight she will tell it.</p>";
        for html in [
            page(
                "Ryu Da On Tells",
                "",
                &format!("{teaser}<p>Subscribe to continue reading this article.</p>"),
            ),
            page(
                "Ryu Da On Tells",
                "",
                &format!("{teaser}<div class='offer'>Already a subscriber? Sign in</div>"),
            ),
            page(
                "Ryu Da On Tells",
                "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\": false}</script>",
                teaser,
            ),
            page(
                "Ryu Da On Tells",
                "<meta property='article:content_tier' content='locked'>",
                teaser,
            ),
            page(
                "류다온이 말한다",
                "",
                "<p>류다온이 오늘 밤 비밀을 밝힌다.</p><p>이 기사는 구독자 전용 기사입니다.</p>",
            ),
        ] {
            assert_eq!(found(&html), Some(Wall::Paywall), "{html}");
        }
    }

    #[test]
    fn articles_are_articles() {
        let long = STORY.repeat(12);
        for html in [
            page("Ryu Da On Runs", "", STORY),
            page("“404 Days Of You” Premieres", "", STORY),
            page("Access To The Set", "", STORY),
            page(
                "Oops: Mo Hae Rin Laughs Through Every Take Of The Wedding Scene",
                "",
                STORY,
            ),
            page(
                "Ryu Da On Runs",
                "",
                &format!("{long}<p>Subscribe to continue reading our letters.</p>"),
            ),
            page(
                "Ryu Da On Runs",
                "",
                &format!("{STORY}<footer>We use cookies. Privacy policy</footer>"),
            ),
            page(
                "Ryu Da On Bakes",
                "",
                "<p>Ryu Da On baked cookies for the crew.</p><p>They ate them all.</p><p>“They were burnt,” she said.</p>",
            ),
            page(
                "Ryu Da On Runs",
                "",
                &format!("{long}<form><div class='g-recaptcha'></div></form>"),
            ),
            page(
                "Ryu Da On Runs",
                "",
                &format!("{}<form><div class='g-recaptcha'></div></form>", STORY.repeat(3)),
            ),
            page(
                "Ryu Da On Runs",
                "<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>",
                STORY,
            ),
            page(
                "Ryu Da On Runs",
                "",
                &format!("{STORY}<nav><p>Already a member? Log in, or create a free account</p></nav>"),
            ),
        ] {
            assert_eq!(found(&html), None, "{html}");
        }
    }
}
