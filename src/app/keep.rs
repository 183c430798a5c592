//! Housekeeping: the heartbeat, the gateway's session, and once a day what is kept no longer.

use super::{
    House, learn, metrics,
    time::{self, now},
};
use crate::{
    discord::{GatewayHandle, Health, Stage},
    model::Millis,
    store::{Keep, SESSION, StoreError},
};
use std::{sync::Arc, time::Duration};

/// Between two heartbeats.
const BEAT: Duration = Duration::from_secs(10);
/// Discord asks for a heartbeat every 41 s, and a connection that is silent for longer than two is left.
const SILENCE: Duration = Duration::from_secs(300);
/// Clocks are put right by less than this all the time, and nobody minds to wait for it.
const SET_BACK: Millis = 60_000;
/// Between two clearings.
const DAY: Millis = 86_400_000;
const CLEARED: &str = "cleared";

/// Beats until the house stops.
pub async fn run(house: Arc<House>, gateway: GatewayHandle) {
    while !house.is_stopping() {
        if let Err(error) = turn(&house, &gateway).await {
            house.store_is(error.refuses_writes());
            tracing::warn!(%error, "housekeeping failed; it is tried again");
        }
        tokio::select! {
            () = house.stopped() => {}
            () = tokio::time::sleep(BEAT) => {}
        }
    }
}

async fn turn(house: &House, gateway: &GatewayHandle) -> Result<(), StoreError> {
    let at = now();
    let state = if house.store_fails() {
        "the store cannot be written"
    } else if house.token_refused() {
        "Discord does not accept the token"
    } else if let Some(shard) = deaf(gateway) {
        &format!("shard {shard} has not heard from Discord for long")
    } else {
        "ok"
    };
    follow_clock(house, at).await?;
    house.store.beat(state, at).await?;
    house.store_is(false);
    sessions(house, gateway).await?;
    learn::anew(house).await?;
    if house.settings.metrics.is_some() {
        metrics::sample(&house.store, gateway, house.rest.counts()).await?;
    }
    if house.store.mark_late(house.settings.posts.catch_up, at).await? > 0 {
        house.bells.deliver.notify_one();
    }
    let last: Millis = house
        .store
        .meta(CLEARED)
        .await?
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    if at - last >= DAY || at < last {
        clear(house, at).await?;
        house.store.set_meta(CLEARED, Some(&at.to_string())).await?;
    }
    Ok(())
}

/// A clock that was set back would let everything stand still until the old time has come again. The last heartbeat
/// tells how late it was in an earlier life.
async fn follow_clock(house: &House, at: Millis) -> Result<(), StoreError> {
    let last = house.store.heartbeat().await?.map_or(Millis::MIN, |(last, _)| last);
    let by = time::set_back(last);
    if by < SET_BACK {
        return Ok(());
    }
    tracing::warn!(seconds = by / 1_000, "the clock was set back: what is due follows it");
    house.store.clock_set_back(by, at).await?;
    time::follow();
    let bells = &house.bells;
    for bell in [
        &bells.watch,
        &bells.deliver,
        &bells.seed,
        &bells.extra,
        &bells.reconcile,
        &bells.edit,
    ] {
        bell.notify_one();
    }
    Ok(())
}

/// A shard that ended, or that Discord has not spoken to for so long that its connection should have been renewed.
fn deaf(gateway: &GatewayHandle) -> Option<u32> {
    let health = gateway.health();
    let deaf = |health: &&Health| health.stage == Stage::Stopped || health.heard.is_some_and(|heard| heard >= SILENCE);
    health.iter().find(deaf).map(|health| health.shard)
}

async fn clear(house: &House, at: Millis) -> Result<(), StoreError> {
    let keep = house.settings.keep;
    let keep = Keep {
        bodies: keep.bodies,
        voters: keep.voters,
        deliveries: keep.deliveries,
        traces: keep.traces,
    };
    let pruned = house.store.prune(&keep, at).await?;
    tracing::info!(?pruned, "cleared what is kept no longer");
    Ok(())
}

/// Keeps the gateway's sessions as far as their events are committed.
pub async fn sessions(house: &House, gateway: &GatewayHandle) -> Result<(), StoreError> {
    for shard in 0..gateway.shards() {
        let kept = gateway.session(shard).map(|session| session.to_json());
        house.store.set_meta(&session_key(shard), kept.as_deref()).await?;
    }
    Ok(())
}

/// Where a shard's session is kept.
pub fn session_key(shard: u32) -> String {
    format!("{SESSION}{shard}")
}
