// The sandbox's page interface: questions, acts and the stream of events. Nothing here knows what is shown.

/** What went wrong, in words for the person. */
export class Refused extends Error {}

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    // an empty or foreign answer: the status says enough
  }
  if (response.ok) return body ?? {};
  throw new Refused(body?.message ?? `The sandbox answered ${response.status}.`);
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  return answer(response);
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== null && v !== undefined)).toString();

/** GET, as JSON. */
export const get = (path, values = {}, signal) => ask(`${path}?${query(values)}`, { signal });

/** POST, as JSON. */
export const post = (path, body) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const EVENTS = [
  "reset", "message", "message_gone", "channel", "channel_gone", "server", "server_gone",
  "user", "commands", "bot", "interaction", "typing",
];
const RETRY_MS = 1_500;

/** Listens as somebody, from a point on. `heard(name, data)`; `line(up)` when the stream opens or breaks. Returns a stop. */
export function listen(as, since, heard, line) {
  let source = null;
  let timer = 0;
  let last = since;
  const open = () => {
    source = new EventSource(`/page/events?${query({ as, since: last })}`);
    source.onopen = () => line(true);
    source.onerror = () => {
      line(false);
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, RETRY_MS);
    };
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId) last = event.lastEventId;
        heard(name, parse(event.data));
      });
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
