//! The options of `/top` and `/mood`: since when, of what, whose votes. Data only.

use super::t;
use crate::command::table::{OptionKind, OptionSpec, Pick};

pub(in crate::command) const PERIOD_PICKS: &[Pick] = &[
    Pick {
        value: "week",
        names: t("this week", "이번 주", "esta semana", "esta semana", "minggu ini"),
        aliases: &["weekly", "주", "주간", "이번주", "일주일", "semana", "minggu"],
    },
    Pick {
        value: "month",
        names: t("this month", "이번 달", "este mes", "este mês", "bulan ini"),
        aliases: &["monthly", "달", "월", "월간", "이번달", "한달", "mes", "mês", "bulan"],
    },
    Pick {
        value: "all",
        names: t("all time", "전체 기간", "siempre", "sempre", "sepanjang waktu"),
        aliases: &["ever", "alltime", "all-time", "전체", "역대", "전체기간"],
    },
];

pub(in crate::command) const BY_PICKS: &[Pick] = &[
    Pick {
        value: "story",
        names: t("stories", "소식", "noticias", "notícias", "berita"),
        aliases: &["stories", "post", "posts", "article", "articles", "news", "기사", "글"],
    },
    Pick {
        value: "drama",
        names: t("dramas", "드라마", "dramas", "dramas", "drama"),
        aliases: &["dramas", "show", "shows", "작품"],
    },
    Pick {
        value: "person",
        names: t("people", "인물", "personas", "pessoas", "orang"),
        aliases: &[
            "people", "persons", "actor", "actors", "actress", "cast", "배우", "사람",
        ],
    },
    Pick {
        value: "quote",
        names: t("lines", "대사", "citas", "citações", "kutipan"),
        aliases: &["quotes", "line", "said", "명대사", "말"],
    },
    Pick {
        value: "feeling",
        names: t("feelings", "감정", "sentimientos", "sentimentos", "perasaan"),
        aliases: &["emotion", "emotions", "mood", "moods", "마음", "기분"],
    },
];

pub(in crate::command) const WHERE_PICKS: &[Pick] = &[
    Pick {
        value: "here",
        names: t("this server", "이 서버", "este servidor", "este servidor", "server ini"),
        aliases: &["server", "여기", "aquí", "aqui"],
    },
    Pick {
        value: "everywhere",
        names: t(
            "everywhere I am",
            "제가 있는 모든 서버",
            "en todas partes",
            "em todos os lugares",
            "di mana saja",
        ),
        aliases: &["all servers", "어디서나", "모든서버", "모든 서버"],
    },
];

pub(in crate::command) const WHERE: OptionSpec = OptionSpec {
    names: t("where", "범위", "dónde", "onde", "lingkup"),
    about: t(
        "Whose reactions count: this server's if you leave it out",
        "누구의 반응을 셀지예요. 비워 두면 이 서버예요",
        "Qué reacciones cuentan; las de este servidor si lo dejas vacío",
        "Que reações contam; as deste servidor se você deixar vazio",
        "Reaksi mana yang dihitung; server ini bila dikosongkan",
    ),
    kind: OptionKind::Choice(WHERE_PICKS),
    required: false,
};

pub(in crate::command) const PERIOD: OptionSpec = OptionSpec {
    names: t("period", "기간", "periodo", "período", "periode"),
    about: t(
        "Since when; this week if you leave it out",
        "언제부터인지예요. 비워 두면 이번 주예요",
        "Desde cuándo; esta semana si lo dejas vacío",
        "Desde quando; esta semana se você deixar vazio",
        "Sejak kapan; minggu ini bila dikosongkan",
    ),
    kind: OptionKind::Choice(PERIOD_PICKS),
    required: false,
};

pub(in crate::command) const BY: OptionSpec = OptionSpec {
    names: t("by", "기준", "por", "por", "menurut"),
    about: t(
        "What is ranked: stories, dramas, people, lines or feelings",
        "무엇의 순위인지예요: 소식, 드라마, 인물, 대사, 감정",
        "Qué se ordena: noticias, dramas, personas, citas o sentimientos",
        "O que entra na lista: notícias, dramas, pessoas, citações ou sentimentos",
        "Apa yang diurutkan: berita, drama, orang, kutipan, atau perasaan",
    ),
    kind: OptionKind::Choice(BY_PICKS),
    required: false,
};
