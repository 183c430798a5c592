//! The pace against servers that count as Discord may: on a paused clock, so a minute takes no time and
//! nothing depends on the speed of the machine.

use super::*;
use std::collections::HashMap;

mod turns;

const POST: Route = Route {
    name: "POST /channels/_/messages",
    exempt: false,
};
const REACT: Route = Route {
    name: "PUT /channels/_/messages/_/reactions/_/@me",
    exempt: false,
};
const EDIT: Route = Route {
    name: "PATCH /channels/_/messages/_",
    exempt: false,
};
const CALLBACK: Route = Route {
    name: "POST /interactions/_/_/callback",
    exempt: true,
};

/// How a server counts the requests of all routes together.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Counting {
    /// A second that begins with its first request.
    FixedWindow,
    /// The seconds of the clock.
    WallSecond,
    /// The last second before each request.
    SlidingLog,
}

const ALL: [Counting; 3] = [Counting::FixedWindow, Counting::WallSecond, Counting::SlidingLog];

struct Server {
    counting: Counting,
    global: usize,
    /// Requests that somebody else makes with the same token, a second.
    others: usize,
    start: Instant,
    log: Vec<Instant>,
    buckets: HashMap<(&'static str, u64), (Instant, u64)>,
    refusals: usize,
    accepted: Vec<(&'static str, u64, usize)>,
}

#[derive(Clone)]
struct Discord(Arc<Mutex<Server>>);

impl Discord {
    fn new(counting: Counting) -> Self {
        Self(Arc::new(Mutex::new(Server {
            counting,
            global: 50,
            others: 0,
            start: Instant::now(),
            log: Vec::new(),
            buckets: HashMap::new(),
            refusals: 0,
            accepted: Vec::new(),
        })))
    }

    fn refusals(&self) -> usize {
        self.0.lock().unwrap().refusals
    }

    fn accepted(&self) -> Vec<(&'static str, u64, usize)> {
        self.0.lock().unwrap().accepted.clone()
    }

    /// One request: there, judged, and back again.
    async fn ask(&self, route: Route, channel: u64, number: usize) -> Headers {
        let way = || Duration::from_millis(fastrand::u64(40..=60));
        tokio::time::sleep(way()).await;
        let headers = self.0.lock().unwrap().judge(route, channel, number);
        tokio::time::sleep(way()).await;
        headers
    }
}

impl Server {
    fn judge(&mut self, route: Route, channel: u64, number: usize) -> Headers {
        let now = Instant::now();
        let mut headers = Headers {
            status: 200,
            bucket: Some(format!("b-{}", route.name.len())),
            from_discord: true,
            ..Headers::default()
        };
        if route.exempt {
            self.accepted.push((route.name, channel, number));
            return headers;
        }
        if let Some(wait) = self.global_wait(now) {
            self.refusals += 1;
            return Headers {
                status: 429,
                retry_after: wait,
                global: true,
                ..headers
            };
        }
        let (limit, window) = if route == REACT { (1, 250) } else { (5, 5000) };
        let window = Duration::from_millis(window);
        let bucket = self.buckets.entry((route.name, channel)).or_insert((now, 0));
        if now - bucket.0 >= window {
            *bucket = (now, 0);
        }
        let reset = window - (now - bucket.0);
        if bucket.1 >= limit {
            self.refusals += 1;
            return Headers {
                status: 429,
                retry_after: reset,
                ..headers
            };
        }
        bucket.1 += 1;
        headers.limit = Some(limit);
        headers.remaining = Some(limit - bucket.1);
        headers.reset_after = Some(reset);
        self.log.push(now);
        self.accepted.push((route.name, channel, number));
        headers
    }

    fn global_wait(&self, now: Instant) -> Option<Duration> {
        let second = Duration::from_secs(1);
        let since = match self.counting {
            Counting::SlidingLog => now.checked_sub(second).unwrap_or(self.start),
            Counting::WallSecond => self.start + Duration::from_secs((now - self.start).as_secs()),
            Counting::FixedWindow => {
                let mut begin = *self.log.first()?;
                for at in &self.log {
                    if *at - begin >= second {
                        begin = *at;
                    }
                }
                if now - begin >= second { now } else { begin }
            }
        };
        let counted = self
            .log
            .iter()
            .filter(|at| **at > since || self.counting != Counting::SlidingLog && **at == since);
        let left = if self.counting == Counting::SlidingLog {
            second
        } else {
            second - (now - since).min(second)
        };
        (counted.count() + self.others >= self.global).then_some(left.max(Duration::from_millis(20)))
    }
}

/// Sends one request, again when it is refused.
async fn deliver(pace: Pace, discord: Discord, class: Class, route: Route, channel: u64, number: usize) {
    loop {
        let permit = pace.acquire(class, route, channel).await;
        let headers = discord.ask(route, channel, number).await;
        let status = headers.status;
        permit.done(Some(headers));
        if status != 429 {
            return;
        }
    }
}

/// `channels` × `each` stories, all due at once; in order in each channel.
async fn flood(pace: &Pace, discord: &Discord, channels: u64, each: usize) -> Duration {
    let begin = Instant::now();
    let mut tasks = Vec::new();
    for channel in 1..=channels {
        let (pace, discord) = (pace.clone(), discord.clone());
        tasks.push(tokio::spawn(async move {
            for number in 0..each {
                deliver(pace.clone(), discord.clone(), Class::Post, POST, channel, number).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    begin.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_flood_meets_no_429_however_the_server_counts() {
    fastrand::seed(7);
    // (channels, stories in each, seconds: PACING.md's own scheduler and a twentieth more)
    for (channels, each, most) in [(400, 1, 9.45), (40, 10, 10.19), (1, 40, 38.3)] {
        for counting in ALL {
            let (pace, discord) = (Pace::start(Limits::default()), Discord::new(counting));
            let took = flood(&pace, &discord, channels, each).await.as_secs_f64();
            assert_eq!(discord.refusals(), 0, "{counting:?} {channels}×{each}");
            assert!(took <= most, "{counting:?} {channels}×{each}: {took} s");
            let expected = usize::try_from(channels).unwrap() * each;
            assert_eq!(discord.accepted().len(), expected);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn any_mixture_meets_no_429() {
    for seed in 0..30 {
        fastrand::seed(seed);
        let counting = ALL[usize::try_from(seed % 3).unwrap()];
        let (pace, discord) = (Pace::start(Limits::default()), Discord::new(counting));
        let mut tasks = Vec::new();
        for number in 0..fastrand::usize(1..120) {
            let (class, route) = fastrand::choice([
                (Class::Post, POST),
                (Class::Reply, POST),
                (Class::Seed, REACT),
                (Class::Tally, EDIT),
                (Class::Interaction, CALLBACK),
            ])
            .unwrap();
            let channel = fastrand::u64(1..12);
            tasks.push(tokio::spawn(deliver(
                pace.clone(),
                discord.clone(),
                class,
                route,
                channel,
                number,
            )));
            if fastrand::u8(..) < 40 {
                tokio::time::sleep(Duration::from_millis(fastrand::u64(0..3000))).await;
            }
        }
        let count = tasks.len();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(discord.refusals(), 0, "seed {seed}, {counting:?}");
        assert_eq!(discord.accepted().len(), count, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn reactions_go_as_fast_as_their_bucket_allows() {
    fastrand::seed(1);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    let begin = Instant::now();
    let tasks: Vec<_> = (0..50)
        .map(|n| tokio::spawn(deliver(pace.clone(), discord.clone(), Class::Seed, REACT, 1, n)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(discord.refusals(), 0);
    // One in 0.25 s, and each waits for the answer of the one before: PACING.md's 18.7 s.
    assert!(begin.elapsed().as_secs_f64() < 19.5, "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_channel_keeps_its_order() {
    fastrand::seed(3);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    let mut tasks = Vec::new();
    for number in 0..40 {
        tasks.push(tokio::spawn(deliver(
            pace.clone(),
            discord.clone(),
            Class::Post,
            POST,
            1,
            number,
        )));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    let order: Vec<_> = discord.accepted().iter().map(|(_, _, number)| *number).collect();
    assert_eq!(order, (0..40).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn interactions_wait_for_nothing() {
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    let stories = tokio::spawn({
        let (pace, discord) = (pace.clone(), discord.clone());
        async move { flood(&pace, &discord, 100, 1).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begin = Instant::now();
    let mut permits = Vec::new();
    for interaction in 0..50 {
        permits.push(pace.acquire(Class::Interaction, CALLBACK, interaction).await);
    }
    assert!(begin.elapsed() < Duration::from_millis(5), "{:?}", begin.elapsed());
    drop(permits);
    stories.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_reply_goes_before_the_stories_that_wait() {
    fastrand::seed(5);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    for number in 0..20 {
        tokio::spawn(deliver(pace.clone(), discord.clone(), Class::Post, POST, 1, number));
    }
    for channel in 2..200 {
        tokio::spawn(deliver(pace.clone(), discord.clone(), Class::Post, POST, channel, 0));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begin = Instant::now();
    deliver(pace.clone(), discord.clone(), Class::Reply, POST, 1, 99).await;
    assert!(begin.elapsed() < Duration::from_millis(400), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_may_go_at_once_is_left_to_people_while_votes_are_compared() {
    fastrand::seed(6);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    for channel in 2..400 {
        tokio::spawn(deliver(pace.clone(), discord.clone(), Class::Tally, EDIT, channel, 0));
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    // What a command needs of a server that nobody has told of: the server, its channels, the bot's roles.
    let begin = Instant::now();
    for channel in 500..503 {
        pace.acquire(Class::Reply, POST, channel).await.done(None);
    }
    assert!(begin.elapsed() < Duration::from_millis(5), "{:?}", begin.elapsed());
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(
        (discord.refusals(), pace.waiting()),
        (0, 0),
        "and votes go as fast as ever"
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_refused_waits_whatever_else_the_bucket_says() {
    let pace = Pace::start(Limits::default());
    let answer = |status, remaining| Headers {
        status,
        bucket: Some("shared".to_owned()),
        limit: Some(50),
        remaining: Some(remaining),
        reset_after: Some(Duration::from_secs(1)),
        retry_after: Duration::from_millis(200),
        from_discord: true,
        ..Headers::default()
    };
    pace.acquire(Class::Post, REACT, 1).await.done(Some(answer(200, 49)));
    // Nobody knows yet that an edit goes by the same bucket, so it is on its way beside the reaction.
    let edit = pace.acquire(Class::Post, EDIT, 1).await;
    pace.acquire(Class::Post, REACT, 1).await.done(Some(answer(429, 0)));
    let refused = Instant::now();
    edit.done(Some(answer(200, 40)));
    for route in [REACT, EDIT] {
        pace.acquire(Class::Post, route, 1).await.done(Some(answer(200, 39)));
        assert!(refused.elapsed() >= Duration::from_millis(200), "{route:?}");
    }
    assert!(refused.elapsed() < Duration::from_millis(300), "and no longer");
}

#[tokio::test(start_paused = true)]
async fn no_reaction_goes_while_a_story_could() {
    fastrand::seed(9);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::SlidingLog));
    let mut tasks = Vec::new();
    for number in 0..200 {
        let channel = u64::try_from(number).unwrap() + 1;
        tasks.push(tokio::spawn(deliver(
            pace.clone(),
            discord.clone(),
            Class::Seed,
            REACT,
            channel,
            number,
        )));
    }
    for number in 0..200 {
        let channel = u64::try_from(number).unwrap() + 1;
        tasks.push(tokio::spawn(deliver(
            pace.clone(),
            discord.clone(),
            Class::Post,
            POST,
            channel,
            number,
        )));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let order: Vec<_> = discord.accepted().iter().map(|(route, ..)| *route).collect();
    let last_story = order.iter().rposition(|route| *route == POST.name).unwrap();
    let before = order[..last_story].iter().filter(|route| **route == REACT.name).count();
    // Those that the burst had let through before the first story came, and what overtook on the way.
    assert!(before <= 6, "{before} reactions went before the last story");
}

#[tokio::test(start_paused = true)]
async fn counting_does_not_starve() {
    fastrand::seed(11);
    let (pace, discord) = (Pace::start(Limits::default()), Discord::new(Counting::FixedWindow));
    // More stories than can go, for four minutes: each channel one every five seconds, 60 a second.
    let stories = tokio::spawn({
        let (pace, discord) = (pace.clone(), discord.clone());
        async move {
            for second in 0..240_u64 {
                for n in 0..60 {
                    let channel = second % 5 * 60 + n;
                    tokio::spawn(deliver(pace.clone(), discord.clone(), Class::Post, POST, channel, 0));
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    });
    tokio::time::sleep(Duration::from_secs(10)).await;
    let begin = Instant::now();
    deliver(pace.clone(), discord.clone(), Class::Tally, EDIT, 1, 0).await;
    let waited = begin.elapsed();
    assert!(!stories.is_finished(), "it must have had to push its way");
    assert!(waited < Duration::from_secs(200), "{waited:?}");
    stories.abort();
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_process_used_is_not_asked_for_again() {
    for knows in [false, true] {
        let discord = Discord::new(Counting::SlidingLog);
        let first = Pace::start(Limits::default());
        flood(&first, &discord, 1, 5).await;
        let allowed = first.allowed(POST).expect("told");
        assert_eq!(allowed.requests, 5);
        drop(first);
        // Its successor is there half a second later.
        let ago = Duration::from_millis(500);
        tokio::time::sleep(ago).await;
        let second = Pace::start(Limits::default());
        if knows {
            second.used(POST, 1, 5, ago, allowed);
        }
        flood(&second, &discord, 1, 3).await;
        assert_eq!(
            discord.refusals() == 0,
            knows,
            "without it the limit is found by a refusal"
        );
    }
}
