//! The bot's process is killed (SIGKILL) at the steps that the sandbox sees and at random moments, while stories come
//! in and people click.

use super::{Stage, Verdict};
use crate::harness::{Setting, signal};
use daesa_sandbox::Step;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How much.
pub struct Scale {
    /// Channels that get each story.
    pub channels: usize,
    /// How often the bot is killed at each step.
    pub each: usize,
    /// How often it is killed at a random moment.
    pub random: usize,
    /// In how many of those a story comes in: one in so many.
    pub story_in: usize,
}

/// Whether what the sandbox sees is the step that is meant.
pub type Fits = fn(&Step) -> bool;

/// Where the bot is killed: what the sandbox sees of a story's way.
pub const STEPS: [(&str, Fits); 5] = [
    ("feed requested", |step| matches!(step, Step::FeedAsked)),
    ("page requested", |step| matches!(step, Step::PageAsked { .. })),
    ("message received, not stored", |step| {
        matches!(step, Step::MessageReceived { .. })
    }),
    ("message stored, not answered", |step| {
        matches!(step, Step::MessageStored { .. })
    }),
    ("reaction put", |step| matches!(step, Step::Reacted { .. })),
];
/// Steps of the first three kinds come once for a story.
const ONCE: usize = 2;
/// A random moment is within so many things that the sandbox sees while a story is posted …
const BUSY: usize = 60;
/// … and within so many while none is.
const QUIET: usize = 4;

/// What was asked of the gun.
struct Aim {
    bot: u32,
    fits: fn(&Step) -> bool,
    left: usize,
    /// So long after the step, in microseconds; at once, the reply to it never leaves.
    after: u64,
}

/// Kills the process that it is aimed at when the sandbox gets to a step.
#[derive(Clone, Default)]
struct Gun(Arc<Mutex<Option<Aim>>>);

impl Gun {
    fn aim(&self, aim: Aim) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(aim);
    }

    fn see(&self, step: &Step) {
        let mut aimed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(aim) = aimed.as_mut().filter(|aim| (aim.fits)(step)) else {
            return;
        };
        aim.left = aim.left.saturating_sub(1);
        if aim.left > 0 {
            return;
        }
        let (bot, after) = (aim.bot, aim.after);
        *aimed = None;
        if after == 0 {
            return shoot(bot);
        }
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(after));
            shoot(bot);
        });
    }
}

/// Nobody has waited for the process yet, so its number is no other's.
fn shoot(bot: u32) {
    signal(bot, "KILL");
}

/// Kills, and judges what is left.
pub async fn run(setting: Setting, scale: &Scale, seed: u64, patience: Duration) -> (Stage, Verdict) {
    // Pages are fetched when the feed has an excerpt only.
    let setting = Setting { full: false, ..setting };
    let mut stage = Stage::build(setting, scale.channels, 5, seed).await;
    stage.patience = patience;
    let gun = Gun::default();
    let sees = gun.clone();
    stage.play.sandbox.on_step(move |step| sees.see(step));
    stage.publish(1);
    for kill in 0..scale.each * STEPS.len() {
        let step = kill % STEPS.len();
        stage.publish(1);
        let often = scale.channels * if step == STEPS.len() - 1 { 5 } else { 1 };
        let left = if step < ONCE { 1 } else { stage.random.usize(1..=often) };
        let fits = STEPS[step].1;
        let bot = stage.play.bot_process();
        gun.aim(Aim {
            bot,
            fits,
            left,
            after: 0,
        });
        stage.dies().await;
        stage.play.start_bot().await;
    }
    stage.play.kill_bot().await;
    for _ in 0..scale.random {
        let story = stage.random.usize(..scale.story_in) == 0;
        stage.publish(usize::from(story));
        let within = if story { BUSY } else { QUIET };
        let (left, after) = (stage.random.usize(1..=within), stage.random.u64(1..5_000));
        // From its first breath on.
        stage.play.launch();
        let bot = stage.play.bot_process();
        gun.aim(Aim {
            bot,
            fits: |_| true,
            left,
            after,
        });
        stage.dies().await;
    }
    stage.play.start_bot().await;
    let verdict = stage.verdict().await;
    (stage, verdict)
}

impl Stage {
    /// Waits until the bot is dead; people click whenever anything happens, and go on after it.
    async fn dies(&mut self) {
        let mut steps = self.play.sandbox.steps();
        let mut bot = self.play.let_go();
        let late = tokio::time::sleep(self.patience);
        tokio::pin!(late);
        loop {
            tokio::select! {
                _ = bot.wait() => break,
                _ = steps.recv() => self.click(1),
                () = &mut late => panic!("the moment never came\n{}", self.play.log_text()),
            }
        }
        self.click(5);
    }
}
