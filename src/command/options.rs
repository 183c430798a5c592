//! The options that several commands share, and the values of those that offer a choice. Data only.

mod counting;

pub(super) use counting::{BY, BY_PICKS, PERIOD, PERIOD_PICKS, WHERE, WHERE_PICKS};

use super::{
    NAME_MAX, NAMES_MAX, STORY_MAX,
    hours::DAY_PICKS,
    table::{Complete, OptionKind, OptionSpec, Pick, Text},
    terms::{RHYTHM_PICKS, VOTES_PICKS},
};

/// A text in English, Korean, Spanish, Portuguese and Indonesian.
pub(super) const fn t(
    en: &'static str,
    ko: &'static str,
    es: &'static str,
    pt: &'static str,
    id: &'static str,
) -> Text {
    Text { en, ko, es, pt, id }
}

pub(super) const fn words(names: Text, about: Text, complete: Option<Complete>) -> OptionSpec {
    OptionSpec {
        names,
        about,
        kind: OptionKind::Text {
            max: NAME_MAX,
            complete,
        },
        required: false,
    }
}

/// As [`words`], for several at once.
pub(super) const fn names(names: Text, about: Text, complete: Option<Complete>) -> OptionSpec {
    OptionSpec {
        kind: OptionKind::Text {
            max: NAMES_MAX,
            complete,
        },
        ..words(names, about, complete)
    }
}

const fn option(names: Text, about: Text, kind: OptionKind) -> OptionSpec {
    OptionSpec {
        names,
        about,
        kind,
        required: false,
    }
}

pub(super) const fn required(option: OptionSpec) -> OptionSpec {
    OptionSpec {
        required: true,
        ..option
    }
}

pub(super) const WHAT: Text = t("what", "대상", "qué", "o-que", "apa");
pub(super) const NAME: Text = t("name", "이름", "nombre", "nome", "nama");
pub(super) const DRAMA: Text = t("drama", "드라마", "drama", "drama", "drama");

pub(super) const CHANNEL: OptionSpec = OptionSpec {
    names: t("channel", "채널", "canal", "canal", "saluran"),
    about: t(
        "The channel; this one if you leave it out",
        "채널이에요. 비워 두면 이 채널이에요",
        "El canal; este si lo dejas vacío",
        "O canal; este se você deixar vazio",
        "Salurannya; yang ini bila dikosongkan",
    ),
    kind: OptionKind::Channel,
    required: false,
};

pub(super) const EVERYTHING: OptionSpec = OptionSpec {
    names: t("everything", "전체", "todo", "tudo", "semua"),
    about: t(
        "Every story, whatever it is about",
        "무엇에 관한 것이든 모든 소식이에요",
        "Todas las noticias, traten de lo que traten",
        "Todas as notícias, sobre o que forem",
        "Semua berita, tentang apa pun",
    ),
    kind: OptionKind::Flag,
    required: false,
};

pub(super) const ONLY_DRAMA: OptionSpec = words(
    DRAMA,
    t(
        "A drama's title",
        "드라마 제목이에요",
        "El título de un drama",
        "O título de um drama",
        "Judul drama",
    ),
    Some(Complete::Dramas),
);

/// A story, by its address or words of its headline.
pub(super) const STORY: Text = t("story", "소식", "noticia", "notícia", "berita");

pub(super) const ONE_STORY: OptionSpec = OptionSpec {
    names: STORY,
    about: t(
        "One story: its link or words of its headline",
        "소식 하나예요. 링크나 제목의 낱말을 적어 주세요",
        "Una noticia: su enlace o palabras del titular",
        "Uma notícia: o link ou palavras do título",
        "Satu berita: tautannya atau kata-kata judulnya",
    ),
    kind: OptionKind::Text {
        max: STORY_MAX,
        complete: None,
    },
    required: false,
};

pub(super) const FEED_PICKS: &[Pick] = &[
    Pick {
        value: "add",
        names: t("add", "추가", "añadir", "adicionar", "tambah"),
        aliases: &["watch", "new", "등록"],
    },
    Pick {
        value: "list",
        names: t("list", "목록", "lista", "lista", "daftar"),
        aliases: &["show", "보기"],
    },
    Pick {
        value: "remove",
        names: t("remove", "삭제", "quitar", "remover", "hapus"),
        aliases: &["delete", "drop", "제거"],
    },
];

pub(super) const FEED_ACTION: OptionSpec = OptionSpec {
    names: t("action", "동작", "acción", "ação", "tindakan"),
    about: t(
        "Add a feed, list this server's, or remove one; the list if you leave it out",
        "추가, 목록, 삭제 가운데 골라 주세요. 비워 두면 목록이에요",
        "Añadir una fuente, ver las de este servidor o quitar una; la lista si lo dejas vacío",
        "Adicionar um feed, ver os deste servidor ou remover um; a lista se você deixar vazio",
        "Tambah feed, lihat daftar server ini, atau hapus; daftar bila dikosongkan",
    ),
    kind: OptionKind::Choice(FEED_PICKS),
    required: false,
};

pub(super) const FEED_ADDRESS: OptionSpec = OptionSpec {
    names: t("address", "주소", "dirección", "endereço", "alamat"),
    about: t(
        "The address of the feed, or of a site that names its feed",
        "피드 주소, 또는 피드를 알려 주는 사이트 주소예요",
        "La dirección de la fuente, o de un sitio que la indica",
        "O endereço do feed, ou de um site que o indica",
        "Alamat feed, atau situs yang menyebut feed-nya",
    ),
    kind: OptionKind::Text {
        max: STORY_MAX,
        complete: None,
    },
    required: false,
};

pub(super) const STYLE_PICKS: &[Pick] = &[
    Pick {
        value: "card",
        names: t("picture", "그림", "imagen", "imagem", "gambar"),
        aliases: &[
            "image",
            "img",
            "png",
            "카드",
            "사진",
            "이미지",
            "tarjeta",
            "cartão",
            "kartu",
        ],
    },
    Pick {
        value: "words",
        names: t("words", "글", "palabras", "palavras", "kata"),
        aliases: &["text", "글자", "텍스트", "texto", "teks"],
    },
];

pub(super) const STYLE: OptionSpec = OptionSpec {
    names: t("style", "모양", "estilo", "estilo", "gaya"),
    about: t(
        "A picture to share, or words; words if you leave it out",
        "나누기 좋은 그림이나 글이에요. 비워 두면 글이에요",
        "Una imagen para compartir, o palabras; palabras si lo dejas vacío",
        "Uma imagem para compartilhar, ou palavras; palavras se você deixar vazio",
        "Gambar untuk dibagikan, atau kata; kata bila dikosongkan",
    ),
    kind: OptionKind::Choice(STYLE_PICKS),
    required: false,
};

/// What a subscription is about, several of a kind at once.
pub(super) const DRAMAS: OptionSpec = names(
    DRAMA,
    t(
        "A drama's title, or several: A, B, C",
        "드라마 제목이에요. A, B, C처럼 여럿도 괜찮아요",
        "El título de un drama, o varios: A, B, C",
        "O título de um drama, ou vários: A, B, C",
        "Judul drama, atau beberapa: A, B, C",
    ),
    Some(Complete::Dramas),
);
pub(super) const PEOPLE: OptionSpec = names(
    t("person", "인물", "persona", "pessoa", "orang"),
    t(
        "An actor, in any spelling, or several",
        "배우 이름이에요. 어떻게 적어도, 여럿이어도 괜찮아요",
        "Un actor o actriz, se escriba como se escriba, o varios",
        "Um ator ou atriz, em qualquer grafia, ou vários",
        "Seorang aktor, dengan ejaan apa pun, atau beberapa",
    ),
    Some(Complete::People),
);
pub(super) const NETWORKS: OptionSpec = names(
    t("network", "방송사", "cadena", "emissora", "stasiun"),
    t(
        "A network or platform",
        "방송사나 플랫폼이에요",
        "Una cadena o plataforma",
        "Uma emissora ou plataforma",
        "Stasiun TV atau platform",
    ),
    Some(Complete::Networks),
);
pub(super) const FOLLOWED: OptionSpec = names(
    WHAT,
    t(
        "What the channel follows now; several: A, B, C",
        "채널이 지금 구독하는 것이에요. 여럿이면 A, B, C",
        "Lo que el canal sigue ahora; varios: A, B, C",
        "O que o canal segue agora; vários: A, B, C",
        "Yang sekarang diikuti saluran; beberapa: A, B, C",
    ),
    Some(Complete::Followed),
);
pub(super) const ALL: OptionSpec = option(
    t("all", "모두", "todas", "todas", "semuanya"),
    t(
        "All that the channel follows",
        "채널이 구독하는 모든 것이에요",
        "Todo lo que el canal sigue",
        "Tudo o que o canal segue",
        "Semua yang diikuti saluran",
    ),
    OptionKind::Flag,
);

// How the stories of a subscription are posted.
pub(super) const KINDS: OptionSpec = names(
    t("kinds", "종류", "tipos", "tipos", "jenis"),
    t(
        "Only these kinds of story: stills, interview … (all: every kind)",
        "이런 종류의 소식만: 스틸, 인터뷰 … (모두: 모든 종류)",
        "Solo estos tipos de noticia: fotos, entrevista … (all: todos)",
        "Só estes tipos de notícia: fotos, entrevista … (all: todos)",
        "Hanya jenis berita ini: foto, wawancara … (all: semua)",
    ),
    Some(Complete::Kinds),
);
pub(super) const OUTLETS: OptionSpec = names(
    t("outlets", "매체", "medios", "veículos", "media"),
    t(
        "Only stories of these outlets (all: every outlet)",
        "이런 매체의 소식만 (모두: 모든 매체)",
        "Solo noticias de estos medios (all: todos)",
        "Só notícias destes veículos (all: todos)",
        "Hanya berita dari media ini (all: semua)",
    ),
    Some(Complete::Outlets),
);
pub(super) const SPOILER: OptionSpec = option(
    t("spoiler", "스포일러", "spoiler", "spoiler", "spoiler"),
    t(
        "Hide the plot of recaps, finales and previews behind spoiler marks",
        "리뷰, 최종회, 예고의 줄거리를 스포일러로 가려요",
        "Oculta la trama de resúmenes, finales y avances",
        "Esconde a trama de resumos, finais e prévias",
        "Sembunyikan alur cerita rekap, episode terakhir, dan cuplikan",
    ),
    OptionKind::Flag,
);
pub(super) const ROLE: OptionSpec = option(
    t("role", "역할", "rol", "cargo", "peran"),
    t(
        "A role that is mentioned with each story",
        "소식마다 멘션할 역할이에요",
        "Un rol que se menciona con cada noticia",
        "Um cargo mencionado em cada notícia",
        "Peran yang disebut di setiap berita",
    ),
    OptionKind::Role,
);
pub(super) const THREAD: OptionSpec = option(
    t("thread", "스레드", "hilo", "tópico", "utas"),
    t(
        "Open a thread for discussion on each story",
        "소식마다 이야기할 스레드를 열어요",
        "Abre un hilo para comentar cada noticia",
        "Abre um tópico para conversar sobre cada notícia",
        "Buka utas diskusi untuk setiap berita",
    ),
    OptionKind::Flag,
);
pub(super) const VOTES: OptionSpec = option(
    t("votes", "투표", "votos", "votos", "suara"),
    t(
        "How people vote on each story: reactions (default), buttons, off",
        "소식마다 어떻게 투표할지예요: 이모지 반응(기본), 버튼, 없음",
        "Cómo se vota en cada noticia: reacciones (por defecto), botones, no",
        "Como se vota em cada notícia: reações (padrão), botões, não",
        "Cara memilih di setiap berita: reaksi (bawaan), tombol, tidak",
    ),
    OptionKind::Choice(&VOTES_PICKS),
);
pub(super) const WHEN: OptionSpec = option(
    t("when", "언제", "cuándo", "quando", "kapan"),
    t(
        "Each story as it comes (default), or a digest; /hours says at what time",
        "올라오는 대로(기본) 또는 모아서. 시각은 /시간에서 정해요",
        "Cada noticia al llegar (por defecto) o un resumen; la hora, en /horario",
        "Cada notícia ao chegar (padrão) ou um resumo; a hora, em /horários",
        "Setiap berita langsung (bawaan), atau ringkasan; jamnya di /jadwal",
    ),
    OptionKind::Choice(&RHYTHM_PICKS),
);

// When digests come, and when it is quiet.
pub(super) const DIGEST_AT: OptionSpec = words(
    t("digest", "모음", "resumen", "resumo", "ringkasan"),
    t(
        "The time of digests: 9, 18:30, 9 pm (default: 9)",
        "모음이 올라오는 시각이에요: 9, 18:30, 오후 9시 (기본: 9)",
        "La hora de los resúmenes: 9, 18:30 (por defecto: 9)",
        "A hora dos resumos: 9, 18:30 (padrão: 9)",
        "Jam ringkasan: 9, 18:30 (bawaan: 9)",
    ),
    None,
);
pub(super) const DAY: OptionSpec = option(
    t("day", "요일", "día", "dia", "hari"),
    t(
        "The day of weekly digests (default: Monday)",
        "매주 모음이 올라오는 요일이에요 (기본: 월요일)",
        "El día de los resúmenes semanales (por defecto: lunes)",
        "O dia dos resumos semanais (padrão: segunda)",
        "Hari ringkasan mingguan (bawaan: Senin)",
    ),
    OptionKind::Choice(&DAY_PICKS),
);
pub(super) const QUIET: OptionSpec = words(
    t("quiet", "조용히", "silencio", "silêncio", "tenang"),
    t(
        "Hours without posts: 23-7; off. What comes meanwhile waits",
        "올리지 않는 시간이에요: 23-7, 없음. 그동안의 소식은 기다려요",
        "Horas sin publicaciones: 23-7; off. Lo que llegue espera",
        "Horas sem publicações: 23-7; off. O que chegar espera",
        "Jam tanpa kiriman: 23-7; off. Yang datang menunggu",
    ),
    None,
);
pub(super) const ZONE: OptionSpec = words(
    t("zone", "시간대", "zona", "fuso", "zona-waktu"),
    t(
        "The time zone, such as Asia/Seoul",
        "시간대예요. 예: Asia/Seoul",
        "La zona horaria, como America/Bogota",
        "O fuso horário, como America/Sao_Paulo",
        "Zona waktu, seperti Asia/Jakarta",
    ),
    Some(Complete::Zones),
);
pub(super) const SERVER: OptionSpec = option(
    t("server", "서버", "servidor", "servidor", "server"),
    t(
        "For all channels of this server that have not set their own",
        "따로 정하지 않은 이 서버의 모든 채널에 적용해요",
        "Para todos los canales de este servidor sin horario propio",
        "Para todos os canais deste servidor sem horário próprio",
        "Untuk semua saluran server ini yang belum diatur sendiri",
    ),
    OptionKind::Flag,
);
