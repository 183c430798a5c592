//! What the machine and its owner give: room on the disk, a clock that is right, copies of the store, a name for outlets.

use super::report::{Mark, Report};
use crate::{
    app::{
        backup,
        time::{iso, now},
    },
    config::Settings,
    model::Millis,
    store::Store,
};

/// Less room than this, and SQLite's log or a copy may not fit.
const ROOM: u64 = 256 << 20;
/// A clock that is this wrong shows wrong times; tokens and certificates stand more.
const SKEW: Millis = 30_000;

/// Room for the store to grow and to be copied.
pub(super) fn room(store: &Store, bytes: u64, report: &mut Report) {
    let Some(room) = store.room() else { return };
    let mib = room >> 20;
    if room < ROOM.max(bytes) {
        let text = format!("{mib} MiB are left on the store's disk: make room, or move it (DATABASE_URL)");
        report.line(Mark::Look, "disk", &text);
    } else {
        report.line(Mark::Ok, "disk", &format!("{mib} MiB are left"));
    }
}

/// Whether a copy of the store is there, and is new.
pub(super) fn copies(settings: &Settings, store: &Store, report: &mut Report) {
    let Some(folder) = backup::folder(settings, store) else {
        let text = "none are made: `[backup] folder` is empty; see that something else copies with `daesa backup FILE`";
        return report.line(Mark::Ok, "copies", text);
    };
    let every = Millis::try_from(settings.backup.every.as_millis()).unwrap_or(Millis::MAX);
    match backup::newest(store, &folder) {
        Some((copy, at)) if now() - at <= every.saturating_mul(2) => {
            report.line(Mark::Ok, "copies", &format!("the newest is {}", copy.display()));
        }
        Some((copy, at)) => {
            let when = iso(at).unwrap_or_default();
            let text = format!("the newest is {} of {when}: does the bot run?", copy.display());
            report.line(Mark::Look, "copies", &text);
        }
        None => {
            let text = format!("none yet in {}; the bot makes one when it is due", folder.display());
            report.line(Mark::Ok, "copies", &text);
        }
    }
}

/// Whether an outlet that is bothered knows whom to write to, as its `robots.txt` and its patience deserve.
pub(super) fn contact(settings: &Settings, report: &mut Report) {
    match settings.http.contact.trim() {
        "" => {
            let text = "outlets cannot reach you: put a mail or an address into `[http] contact`";
            report.line(Mark::Look, "contact", text);
        }
        contact => report.line(Mark::Ok, "contact", &format!("outlets are told {contact}")),
    }
}

/// The machine's clock beside Discord's.
pub(super) fn clock(theirs: Option<Millis>, report: &mut Report) {
    let Some(theirs) = theirs else { return };
    let off = now() - theirs;
    if off.abs() > SKEW {
        let way = if off > 0 { "ahead of" } else { "behind" };
        let text = format!("{} s {way} Discord's: set it, by NTP best", off.abs() / 1000);
        report.line(Mark::Look, "clock", &text);
    } else {
        report.line(Mark::Ok, "clock", "as Discord's");
    }
}
