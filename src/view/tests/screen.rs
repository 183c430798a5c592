//! What `daesa read` prints, on paper and on screens.

use super::super::{Screen, beginnings, terminal};
use crate::model::{Quote, QuoteKind, Reading, reading::Attribution};
use std::iter::once;

const COLOURED: Screen = Screen {
    color: true,
    ..Screen::PAPER
};

#[test]
fn a_reading_in_the_terminal() {
    let body = "“They say it is [the horse] Bori’s last day. Please bring flowers, and do not forget the apples that I promised,” said she.";
    let by = Attribution {
        speaker: Some("Seo Ha Eun".into()),
        actor: None,
        kind: QuoteKind::Cast,
        confidence: 0.9,
    };
    let unknown = Attribution {
        speaker: None,
        actor: None,
        kind: QuoteKind::Other,
        confidence: 0.2,
    };
    let end = body.find(",” said").unwrap();
    let reading = Reading {
        title: "Watch: Seo Ha Eun And Moon Ji Won Say Goodbye To “The Lantern Keeper” 등불지기의 마지막 촬영 현장".into(),
        url: Some("https://news.example/lantern-keeper-farewell".into()),
        summary: "The last scene was filmed on a cold morning. The cast thanked each other, and everybody who kept the lanterns lit.".into(),
        drama: vec!["The Lantern Keeper".into()],
        network: Some("MBN".into()),
        people: vec!["Seo Ha Eun".into(), "Moon Ji Won".into()],
        characters: vec![("Yeon Hwa".into(), "Seo Ha Eun".into())],
        body: body.into(),
        quotes: vec![Quote::cut(body, once(3..end).collect(), by).unwrap(), Quote::cut(body, once(3..11).collect(), unknown).unwrap()],
        ..Reading::default()
    };
    insta::assert_snapshot!("terminal", terminal(&reading, Screen::PAPER));
    let colored = terminal(&reading, COLOURED);
    assert!(colored.contains("\x1b[1;38;2;242;84;91m"));
    let mut plain = String::new();
    for (at, piece) in colored.split('\x1b').enumerate() {
        plain.push_str(if at == 0 {
            piece
        } else {
            piece.split_once('m').unwrap().1
        });
    }
    assert_eq!(plain, terminal(&reading, Screen::PAPER));
    let columns = |text: &str| text.lines().map(|line| line.chars().count()).max();
    for (screen, most) in [(80, 80), (40, 40), (300, 88), (7, 32)] {
        let narrow = Screen {
            columns: screen,
            color: false,
        };
        let latin = Reading {
            title: "Say Goodbye".into(),
            ..reading.clone()
        };
        assert_eq!(columns(&terminal(&latin, narrow)), Some(most), "{screen}");
    }
    assert!(terminal(&Reading::default(), Screen::PAPER).contains("Nobody is quoted in it."));
}

#[test]
fn a_summary_beside_the_beginnings() {
    let shown = beginnings(
        "Seo Ha Eun keeps the lanterns lit.",
        ["Winter came.", "Winter came. So did Seo Ha Eun.", ""],
        Screen::PAPER,
    );
    insta::assert_snapshot!("beginnings", shown);
}

#[test]
fn articles_cannot_steer_the_terminal() {
    let reading = Reading {
        title: "a\x1b[2J\x07\u{9b}31mb".into(),
        people: vec!["\x1b]0;x\x07".into()],
        ..Reading::default()
    };
    let shown = terminal(&reading, Screen::PAPER);
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
}
