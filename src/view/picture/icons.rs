//! The small drawings: the house's mark, and a sign for each feeling.
//!
//! A feeling is told by its sign, its place and its pattern, not by its colour alone: red and green, and plum and
//! ink, look alike to many people.

use super::{
    HONEY, INK, JADE, PAPER, PERSIMMON, PLUM,
    fonts::Face,
    svg::{Anchor, Drawing, Pen, hex},
};

/// How a feeling is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Its colour.
    pub(super) color: u32,
    /// The colour of the sign on it.
    on: u32,
    /// The number of its pattern; the first is plain.
    pattern: usize,
    /// The sign, in a square of 24.
    sign: &'static str,
}

const HEART: &str = r#"<path d="M12 20.5s-7-4.4-8.900-8.700C1.700 8.400 3.500 5 6.800 5c2.200 0 3.900 1.200 5.200 3.100C13.300 6.200 15 5 17.200 5c3.300 0 5.100 3.400 3.700 6.800C19 16.100 12 20.500 12 20.500z"/>"#;
const LAUGH: &str = r#"<path d="M5.500 9.500l2.500-2.500 2.500 2.500M13.500 9.500l2.500-2.500 2.500 2.500" fill="none" stroke="ON" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round"/><path d="M5.500 12.500h13a6.500 6.500 0 0 1-13 0z"/>"#;
const WOW: &str = r#"<circle cx="8" cy="8.500" r="1.900"/><circle cx="16" cy="8.500" r="1.900"/><ellipse cx="12" cy="16" rx="3.200" ry="4"/>"#;
const TEARS: &str = r#"<path d="M12 3c3.300 4.300 5.800 7.400 5.800 10.800a5.800 5.800 0 0 1-11.600 0C6.200 10.400 8.700 7.300 12 3z"/>"#;
const ANGRY: &str = r#"<path d="M5 7.500l5 3M19 7.500l-5 3M7 18c2.600-3.800 7.400-3.800 10 0" fill="none" stroke="ON" stroke-width="2.400" stroke-linecap="round"/>"#;
const STAR: &str =
    r#"<path d="M12 3.500l2.500 5.600 6.100.6-4.600 4 1.400 6L12 16.500l-5.400 3.200 1.400-6-4.600-4 6.100-.600z"/>"#;
const DIAMOND: &str = r#"<path d="M12 3l8 9-8 9-8-9z"/>"#;
const PLUS: &str = r#"<path d="M12 5v14M5 12h14" fill="none" stroke="ON" stroke-width="3" stroke-linecap="round"/>"#;

const OTHER: Look = Look {
    color: 0x8d_86_9c,
    on: PAPER,
    pattern: 5,
    sign: PLUS,
};

const LOOKS: [Look; 7] = [
    look(PERSIMMON, PAPER, 0, HEART),
    look(HONEY, INK, 0, LAUGH),
    look(JADE, PAPER, 1, WOW),
    look(PLUM, PAPER, 2, TEARS),
    look(INK, PAPER, 3, ANGRY),
    look(0xb0_6a_b3, PAPER, 4, STAR),
    look(0x3d_6f_a5, PAPER, 3, DIAMOND),
];

const fn look(color: u32, on: u32, pattern: usize, sign: &'static str) -> Look {
    Look {
        color,
        on,
        pattern,
        sign,
    }
}

/// How the feeling of a name is drawn, the `at`th of the settings; without a name, what stands for none.
pub(super) fn look_of(name: Option<&str>, at: usize) -> Look {
    match name {
        Some("love") => LOOKS[0],
        Some("laugh") => LOOKS[1],
        Some("wow") => LOOKS[2],
        Some("tears") => LOOKS[3],
        Some("angry") => LOOKS[4],
        Some(_) => LOOKS[(at + 5) % LOOKS.len()],
        None => OTHER,
    }
}

impl Look {
    /// What fills its part of a bar.
    pub(super) fn fill(self) -> String {
        match self.pattern {
            0 => hex(self.color),
            pattern => format!("url(#p{pattern}-{:06x})", self.color),
        }
    }

    /// The pattern that [`Look::fill`] names.
    pub(super) fn definition(self) -> String {
        let lines = match self.pattern {
            1 => {
                r#"<path d="M-3 3l6-6M0 14L14 0M11 17l6-6" stroke="PAPER" stroke-opacity="0.45" stroke-width="3.500"/>"#
            }
            2 => {
                r#"<circle cx="4" cy="4" r="2" fill="PAPER" fill-opacity="0.5"/><circle cx="11" cy="11" r="2" fill="PAPER" fill-opacity="0.5"/>"#
            }
            3 => r#"<path d="M3.500 0v14M10.500 0v14" stroke="PAPER" stroke-opacity="0.35" stroke-width="2"/>"#,
            4 => r#"<path d="M0 3.500h14M0 10.500h14" stroke="PAPER" stroke-opacity="0.45" stroke-width="2"/>"#,
            5 => r#"<path d="M0 0l14 14M0 14L14 0" stroke="PAPER" stroke-opacity="0.4" stroke-width="1.500"/>"#,
            _ => return String::new(),
        };
        format!(
            r#"<pattern id="p{}-{:06x}" width="14" height="14" patternUnits="userSpaceOnUse"><rect width="14" height="14" fill="{}"/>{}</pattern>"#,
            self.pattern,
            self.color,
            hex(self.color),
            lines.replace("PAPER", &hex(PAPER))
        )
    }

    /// Its sign on a disc around a point.
    pub(super) fn disc(self, drawing: &mut Drawing, (x, y): (f32, f32), radius: f32) {
        let on = hex(self.on);
        drawing.own(&format!(
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{}"/><g transform="translate({:.2} {:.2}) scale({:.4})" fill="{on}">{}</g>"#,
            hex(self.color),
            x - radius * 0.72,
            y - radius * 0.72,
            radius * 1.44 / 24.0,
            self.sign.replace("ON", &on)
        ));
    }
}

/// The mark: a speech bubble with 대사, its right end at `x`, its middle at `y`.
pub(super) fn mark(drawing: &mut Drawing, x: f32, y: f32) {
    drawing.rect((x - 108.0, y - 32.0, 108.0, 60.0), 24.0, &hex(PERSIMMON));
    drawing.own(&format!(
        r#"<path d="M{:.1} {:.1}c2 10 -3 18 -12 23 16 1 30 -7 36 -23z" fill="{}"/>"#,
        x - 84.0,
        y + 24.0,
        hex(PERSIMMON)
    ));
    let pen = Pen {
        x: x - 54.0,
        y: y + 10.0,
        size: 34.0,
        face: Face::Bold,
        fill: &hex(PAPER),
        anchor: Anchor::Middle,
    };
    drawing.text(pen, "대사");
}
