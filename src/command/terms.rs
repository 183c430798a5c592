//! The values that say which stories of a subscription are wanted and how: kinds, outlets, a role.

use super::{NAME_MAX, Pick, Text, lex::channel_id, list::pieces, options::t, parse::ALL};
use crate::model::{ArticleKind, Rhythm, RoleId, Votes, answer::Refusal};

const fn kind(kind: ArticleKind, names: Text, aliases: &'static [&'static str]) -> Pick {
    Pick {
        value: kind.name(),
        names,
        aliases,
    }
}

/// The kinds of article, in the order of [`ArticleKind::ALL`].
pub const KIND_PICKS: [Pick; 14] = [
    kind(
        ArticleKind::Casting,
        t("casting", "캐스팅", "reparto", "elenco", "pemilihan pemain"),
        &["castings", "cast", "출연", "출연 확정"],
    ),
    kind(
        ArticleKind::Stills,
        t("stills", "스틸", "fotos", "fotos", "foto"),
        &["still", "photos", "pictures", "스틸컷", "사진"],
    ),
    kind(
        ArticleKind::Teaser,
        t("teasers", "티저", "tráilers", "trailers", "cuplikan"),
        &["teaser", "trailer", "trailers", "poster", "posters", "예고편", "포스터"],
    ),
    kind(
        ArticleKind::MakingOf,
        t(
            "making-of",
            "메이킹",
            "detrás de cámaras",
            "bastidores",
            "di balik layar",
        ),
        &["making of", "behind the scenes", "bts", "비하인드", "메이킹 영상"],
    ),
    kind(
        ArticleKind::ScriptReading,
        t(
            "script readings",
            "대본 리딩",
            "lecturas de guion",
            "leituras de roteiro",
            "pembacaan naskah",
        ),
        &["script reading", "script-reading", "table reading", "대본리딩", "리딩"],
    ),
    kind(
        ArticleKind::Interview,
        t("interviews", "인터뷰", "entrevistas", "entrevistas", "wawancara"),
        &["interview", "entrevista"],
    ),
    kind(
        ArticleKind::PressConference,
        t(
            "press conferences",
            "제작발표회",
            "ruedas de prensa",
            "coletivas",
            "konferensi pers",
        ),
        &[
            "press conference",
            "press-conference",
            "press",
            "제작 발표회",
            "기자간담회",
        ],
    ),
    kind(
        ArticleKind::Statement,
        t("statements", "입장문", "comunicados", "comunicados", "pernyataan"),
        &["statement", "입장", "공식입장"],
    ),
    kind(
        ArticleKind::Ratings,
        t("ratings", "시청률", "audiencias", "audiência", "rating"),
        &["rating", "rankings"],
    ),
    kind(
        ArticleKind::Recap,
        t("recaps", "리뷰", "resúmenes", "resumos", "rekap"),
        &["recap", "줄거리", "회차 리뷰"],
    ),
    kind(
        ArticleKind::Variety,
        t("variety", "예능", "variedades", "variedades", "acara ragam"),
        &["variety show", "variety shows"],
    ),
    kind(
        ArticleKind::Awards,
        t("awards", "시상식", "premios", "prêmios", "penghargaan"),
        &["award", "수상"],
    ),
    kind(
        ArticleKind::List,
        t("lists", "모음", "listas", "listas", "daftar"),
        &["list", "목록"],
    ),
    kind(
        ArticleKind::News,
        t(
            "other news",
            "그 밖의 소식",
            "otras noticias",
            "outras notícias",
            "berita lain",
        ),
        &["news", "other", "기타", "뉴스"],
    ),
];

/// What a kind of article is called.
#[must_use]
pub const fn kind_pick(kind: ArticleKind) -> &'static Pick {
    // In the same order: held by a test.
    &KIND_PICKS[kind as usize]
}

/// The ways to vote, in the order of [`Votes::ALL`]. Yes and no are what was asked before there were buttons.
pub const VOTES_PICKS: [Pick; 3] = [
    Pick {
        value: "reactions",
        names: t("reactions", "이모지 반응", "reacciones", "reações", "reaksi"),
        aliases: &[
            "yes", "true", "on", "1", "y", "reaction", "emoji", "네", "예", "응", "반응",
        ],
    },
    Pick {
        value: "buttons",
        names: t("buttons", "버튼", "botones", "botões", "tombol"),
        aliases: &["button", "단추"],
    },
    Pick {
        value: "off",
        names: t("off", "없음", "no", "não", "tidak"),
        aliases: &["false", "0", "n", "none", "without", "아니요", "아니오", "아니", "끄기"],
    },
];

/// The rhythms, in the order of [`Rhythm::ALL`].
pub const RHYTHM_PICKS: [Pick; 4] = [
    Pick {
        value: "each",
        names: t(
            "each story as it comes",
            "올라오는 대로",
            "cada noticia al llegar",
            "cada notícia ao chegar",
            "setiap berita langsung",
        ),
        aliases: &["now", "each story", "every story", "at once", "바로", "즉시", "하나씩"],
    },
    Pick {
        value: "hourly",
        names: t(
            "hourly digest",
            "매시간 모아서",
            "resumen cada hora",
            "resumo por hora",
            "ringkasan tiap jam",
        ),
        aliases: &["hour", "every hour", "매시간", "시간마다"],
    },
    Pick {
        value: "daily",
        names: t(
            "daily digest",
            "매일 모아서",
            "resumen diario",
            "resumo diário",
            "ringkasan harian",
        ),
        aliases: &["day", "every day", "digest", "매일", "하루"],
    },
    Pick {
        value: "weekly",
        names: t(
            "weekly digest",
            "매주 모아서",
            "resumen semanal",
            "resumo semanal",
            "ringkasan mingguan",
        ),
        aliases: &["week", "every week", "매주", "주간"],
    },
];

/// Which way to vote a word means.
pub(super) fn votes(text: &str) -> Result<Votes, Refusal> {
    one_of(
        "votes",
        text,
        &VOTES_PICKS,
        &Votes::ALL,
        &const { values(&VOTES_PICKS) },
    )
}

/// Which rhythm a word means.
pub(super) fn rhythm(text: &str) -> Result<Rhythm, Refusal> {
    one_of(
        "when",
        text,
        &RHYTHM_PICKS,
        &Rhythm::ALL,
        &const { values(&RHYTHM_PICKS) },
    )
}

/// The values of picks, to be told to whoever gives another.
pub(super) const fn values<const N: usize>(picks: &[Pick; N]) -> [&'static str; N] {
    let mut all = [""; N];
    let mut at = 0;
    while at < N {
        all[at] = picks[at].value;
        at += 1;
    }
    all
}

/// What a word picks out of `all`, which are in the order of the picks.
pub(super) fn one_of<T: Copy>(
    option: &'static str,
    text: &str,
    picks: &[Pick],
    all: &[T],
    possible: &'static [&'static str],
) -> Result<T, Refusal> {
    let at = picks.iter().position(|pick| pick.is(text));
    at.and_then(|at| all.get(at)).copied().ok_or_else(|| Refusal::BadValue {
        option,
        given: text.chars().take(NAME_MAX).collect(),
        possible,
    })
}

/// What may be given for `kinds`, in English.
const POSSIBLE: &[&str] = &[
    "casting",
    "stills",
    "teasers",
    "making-of",
    "script readings",
    "interviews",
    "press conferences",
    "statements",
    "ratings",
    "recaps",
    "variety",
    "awards",
    "lists",
    "other news",
    "all",
];

/// `stills, interviews`; `stills interviews`; `all`, which is none in particular.
pub(super) fn kinds(text: &str) -> Result<Vec<ArticleKind>, Refusal> {
    let mut kinds: Vec<ArticleKind> = Vec::new();
    for piece in pieces(text) {
        for kind in kinds_in(&text[piece])? {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    // Every kind is no filter.
    if kinds.len() == ArticleKind::ALL.len() {
        kinds.clear();
    }
    Ok(kinds)
}

/// One kind, or one a word.
fn kinds_in(piece: &str) -> Result<Vec<ArticleKind>, Refusal> {
    let named = |name: &str| {
        let name = name.to_lowercase();
        if ALL.contains(&name.as_str()) {
            return Some(ArticleKind::ALL.to_vec());
        }
        let at = KIND_PICKS.iter().position(|pick| pick.is(&name))?;
        Some(vec![ArticleKind::ALL[at]])
    };
    let words = || {
        piece
            .split(' ')
            .map(named)
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat())
    };
    named(piece).or_else(words).ok_or_else(|| Refusal::BadValue {
        option: "kinds",
        given: piece.chars().take(NAME_MAX).collect(),
        possible: POSSIBLE,
    })
}

/// Names of outlets, as a person gives them; none for all.
pub(super) fn outlets(text: &str) -> Vec<String> {
    let all = |name: &String| ALL.contains(&name.to_lowercase().as_str());
    let names: Vec<String> = pieces(text).into_iter().map(|piece| text[piece].to_owned()).collect();
    if names.iter().any(all) { Vec::new() } else { names }
}

/// `<@&123>`, `123`, or `none`.
pub(super) fn role(value: &str) -> Result<Option<RoleId>, Refusal> {
    if matches!(value.to_lowercase().as_str(), "none" | "no" | "off" | "없음" | "아니요") {
        return Ok(None);
    }
    let id = value
        .strip_prefix("<@&")
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(value);
    channel_id(id).map(|id| Some(RoleId(id.0))).ok_or(Refusal::BadRole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_many_names() {
        use ArticleKind::{Interview, MakingOf, PressConference, Stills};
        assert_eq!(kinds("Stills, interview"), Ok(vec![Stills, Interview]));
        assert_eq!(
            kinds("스틸 인터뷰, 제작 발표회"),
            Ok(vec![Stills, Interview, PressConference])
        );
        assert_eq!(kinds("behind the scenes and stills"), Ok(vec![MakingOf, Stills]));
        assert_eq!(kinds("press-conference press"), Ok(vec![PressConference]));
        assert_eq!(kinds("all"), Ok(vec![]));
        assert_eq!(kinds("모두"), Ok(vec![]));
        assert!(matches!(
            kinds("gossip"),
            Err(Refusal::BadValue { option: "kinds", .. })
        ));
        for (kind, pick) in ArticleKind::ALL.into_iter().zip(&KIND_PICKS) {
            assert_eq!((pick.value, super::super::kind_pick(kind)), (kind.name(), pick));
            for name in [
                pick.names.en,
                pick.names.ko,
                pick.names.es,
                pick.names.pt,
                pick.names.id,
            ] {
                assert_eq!(kinds(name), Ok(vec![kind]), "{name}");
            }
            assert!(POSSIBLE.contains(&pick.names.en), "{}", pick.names.en);
        }
    }

    #[test]
    fn votes_and_rhythms_have_many_names() {
        for (text, votes) in [
            ("Buttons", Votes::Buttons),
            ("yes", Votes::Reactions),
            ("아니요", Votes::Off),
            ("no", Votes::Off),
        ] {
            assert_eq!(super::votes(text), Ok(votes), "{text}");
        }
        for (text, rhythm) in [
            ("Daily", Rhythm::Daily),
            ("매주", Rhythm::Weekly),
            ("each story", Rhythm::Each),
        ] {
            assert_eq!(super::rhythm(text), Ok(rhythm), "{text}");
        }
        assert!(matches!(
            super::rhythm("yearly"),
            Err(Refusal::BadValue { option: "when", .. })
        ));
        for picks in [&VOTES_PICKS[..], &RHYTHM_PICKS[..]] {
            for (at, pick) in picks.iter().enumerate() {
                let others = picks.iter().enumerate().filter(|(other, _)| *other != at);
                let words = pick.aliases.iter().chain([&pick.value]);
                let twice: Vec<_> = words
                    .filter(|word| others.clone().any(|(_, other)| other.is(word)))
                    .collect();
                assert!(twice.is_empty(), "{twice:?}");
            }
        }
    }

    #[test]
    fn no_word_means_two_kinds() {
        for (at, pick) in KIND_PICKS.iter().enumerate() {
            for alias in pick.aliases {
                let others = KIND_PICKS.iter().enumerate().filter(|(other, _)| *other != at);
                assert!(others.clone().all(|(_, other)| !other.is(alias)), "{alias}");
            }
        }
    }

    #[test]
    fn roles_and_outlets() {
        assert_eq!(role("<@&77>"), Ok(Some(RoleId(77))));
        assert_eq!(role("none"), Ok(None));
        for wrong in ["<@77>", "everyone", "0", "<@&>"] {
            assert_eq!(role(wrong), Err(Refusal::BadRole), "{wrong}");
        }
        assert_eq!(outlets("Soompi, The Lantern"), ["Soompi", "The Lantern"]);
        assert_eq!(outlets("all"), Vec::<String>::new());
    }
}
