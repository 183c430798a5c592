//! Faults on REST: the next requests of a route go wrong in a way that a test chose.

use std::collections::VecDeque;
use std::time::Duration;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429 of the route.
    Limited {
        /// What the reply says to wait.
        retry_after: Duration,
    },
    /// 429 of everything.
    LimitedGlobally {
        /// What the reply says to wait.
        retry_after: Duration,
    },
    /// 429 of scope `shared`, which does not count as invalid.
    LimitedShared {
        /// What the reply says to wait.
        retry_after: Duration,
    },
    /// 429 as Cloudflare sends it: HTML, no rate headers but Retry-After.
    Blocked {
        /// What the reply says to wait.
        retry_after: Duration,
    },
    /// This status, with the body of a proxy in front of Discord. Nothing is done.
    Status(u16),
    /// A JSON error of Discord's with this status and code. Nothing is done.
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's code.
        code: u32,
    },
    /// The connection is cut before anything is done.
    Cut,
    /// Everything is done, and the connection is cut instead of the reply.
    Lost,
    /// The request is done after a while.
    Delayed(Duration),
    /// The request is done at once and the reply comes after a while.
    Slow(Duration),
    /// The request is done and the reply begins at once; the second half of its body comes after a while.
    Trickled(Duration),
}

#[derive(Default)]
pub(crate) struct Faults {
    planned: VecDeque<Planned>,
}

struct Planned {
    route: String,
    left: u32,
    fault: Fault,
}

impl Faults {
    pub(crate) fn plan(&mut self, route: &str, times: u32, fault: Fault) {
        self.planned.push_back(Planned {
            route: route.to_owned(),
            left: times,
            fault,
        });
    }

    pub(crate) fn clear(&mut self) {
        self.planned.clear();
    }

    /// The fault for this request, if one is planned; the oldest plan that matches comes first.
    pub(crate) fn next(&mut self, method: &str, template: &str) -> Option<Fault> {
        let place = self
            .planned
            .iter()
            .position(|planned| covers(&planned.route, method, template))?;
        let planned = self.planned.get_mut(place)?;
        planned.left = planned.left.saturating_sub(1);
        let fault = planned.fault.clone();
        if planned.left == 0 {
            self.planned.remove(place);
        }
        Some(fault)
    }
}

/// Whether `METHOD|METHOD /template` (or `*` for either, or a template that ends in `*`) covers a request.
pub(crate) fn covers(pattern: &str, method: &str, template: &str) -> bool {
    let (methods, path) = pattern.split_once(' ').unwrap_or(("*", pattern));
    let method_fits = methods == "*" || methods.split('|').any(|one| one == method);
    let path_fits = match path.strip_suffix('*') {
        Some(start) => template.starts_with(start),
        None => template == path,
    };
    method_fits && path_fits
}
