//! The machine's clock jumps, live and over a restart, while stories come in: none is posted twice.
//!
//! The bot is shown another time by a small library that is loaded before the system's own (`LD_PRELOAD`); the bot
//! knows nothing of it.

use crate::{
    harness::{Play, Setting, forgetful, talk},
    skip,
};
use daesa_sandbox::{GatewayFault, Step};
use std::{fs, path::PathBuf, process::Command as Tool};

/// Adds to the wall clock what stands in the file that `CLOCK_AHEAD` names: seconds, as eight bytes.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
static volatile long long *ahead;
__attribute__((constructor)) static void look(void) {
    const char *path = getenv("CLOCK_AHEAD");
    int file = path ? open(path, O_RDONLY) : -1;
    void *shown = file < 0 ? MAP_FAILED : mmap(0, 8, PROT_READ, MAP_SHARED, file, 0);
    if (shown != MAP_FAILED) ahead = shown;
}
int clock_gettime(clockid_t id, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(id, now);
    if (!done && id == CLOCK_REALTIME && ahead) now->tv_sec += *ahead;
    return done;
}
"#;
const HOUR: i64 = 3600;

/// The clock that the bot is shown.
struct Clock {
    shim: PathBuf,
    ahead: PathBuf,
}

impl Clock {
    /// None: nothing is here that could make it.
    fn make(play: &Play) -> Option<Self> {
        let at = |name: &str| play.folder().join(name);
        fs::write(at("shim.c"), SHIM).expect("a source");
        let clock = Self {
            shim: at("shim.so"),
            ahead: at("ahead"),
        };
        clock.is_ahead(0);
        let mut tool = Tool::new("cc");
        tool.args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&clock.shim)
            .arg(at("shim.c"))
            .arg("-ldl");
        tool.status().is_ok_and(|status| status.success()).then_some(clock)
    }

    /// Jumps. In place: the file is in the bot's memory.
    fn is_ahead(&self, seconds: i64) {
        use std::io::Write;
        let mut file = fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.ahead)
            .expect("a file");
        file.write_all(&seconds.to_ne_bytes()).expect("written");
    }

    async fn start(&self, play: &mut Play) {
        let mut bot = play.daesa();
        bot.env("LD_PRELOAD", &self.shim).env("CLOCK_AHEAD", &self.ahead);
        play.start_as(bot).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_clock_jumps_no_story_is_posted_twice() {
    let mut play = Play::with(Setting {
        sandbox: forgetful(),
        ..talk()
    })
    .await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let Some(clock) = Clock::make(&play) else {
        skip::without("cc", "a clock that jumps");
        play.end().await;
        return;
    };
    play.stop_bot().await;
    clock.start(&mut play).await;
    let stories = play.publish_many("storm", 1..2);
    play.posts(news, &stories).await;

    // Three hours ahead while it runs, two more, and back to what it was.
    for (ahead, numbers) in [(3 * HOUR, 2..3), (5 * HOUR, 3..4), (0, 7..8)] {
        clock.is_ahead(ahead);
        let stories = play.publish_many("storm", numbers);
        play.posts(news, &stories).await;
    }
    // A post whose answer nobody heard, and the clock another day when it is looked for: later, and then earlier.
    for (ahead, numbers) in [(29 * HOUR, 4..5), (6 * HOUR, 5..6)] {
        play.kill_at(|step| matches!(step, Step::MessageStored { .. }));
        play.sandbox.fail_gateway(GatewayFault::DropEvents(1));
        let stories = play.publish_many("storm", numbers);
        play.ended().await;
        clock.is_ahead(ahead);
        clock.start(&mut play).await;
        play.posts(news, &stories).await;
        play.ask(play.jun, news, "!about").await;
        play.stop_bot().await;
        clock.is_ahead(30 * HOUR);
        clock.start(&mut play).await;
    }
    // What was due by the earlier clock is due by this one.
    play.stop_bot().await;
    clock.is_ahead(31 * HOUR);
    clock.start(&mut play).await;
    let stories = play.publish_many("storm", 6..7);
    play.posts(news, &stories).await;
    play.end().await;
}
