/* Pages that follow. An element with data-live="region:1309 unit:own problem:冀-…" hears an event `zhitong:moved`
   (detail.topics) when one of its topics moves; one that also has data-live-refresh="seconds" fetches itself anew by htmx,
   never more often than that. Without this file, or without the stream, a page shows the moment it was made. */
"use strict";

(() => {
  const address = document.body.dataset.liveUrl;
  if (!address || !window.EventSource) return;

  const JITTER_MS = 800;
  const FIRST_WAIT_MS = 1000;
  const LONGEST_WAIT_MS = 60000;
  const LOOK_AGAIN_MS = 1000;
  const HIDDEN_MS = 20000;
  const SLOWNESS = 10;
  let stream = null;
  let following = "";
  let mark = "";
  let wait = FIRST_WAIT_MS;
  let opening = 0;
  let closing = 0;

  /* The stream: one for the page. It says how far it is; when it opens again, it is told how far we had heard. */
  const topicsOf = (element) => element.dataset.live.split(/\s+/).filter(Boolean);
  const followed = () => [...new Set([...document.querySelectorAll("[data-live]")].flatMap(topicsOf))].sort();

  const close = () => {
    clearTimeout(opening);
    stream?.close();
    stream = null;
    delete document.body.dataset.liveOpen;
  };
  const open = () => {
    close();
    const topics = followed();
    following = topics.join(" ");
    if (!topics.length || document.hidden) return;
    const asked = new URLSearchParams(topics.map((topic) => ["topic", topic]));
    if (mark) asked.set("since", mark); else asked.set("age", String(Math.round(performance.now())));
    stream = new EventSource(`${address}?${asked}`, { withCredentials: true });
    stream.addEventListener("message", hear);
    stream.addEventListener("end", close);
    stream.addEventListener("error", () => { close(); later(); });
  };
  const later = () => {
    opening = setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const hear = (event) => {
    mark = event.lastEventId;
    wait = FIRST_WAIT_MS;
    document.body.dataset.liveOpen = "yes";
    const moved = new Set(Object.keys(JSON.parse(event.data)));
    for (const element of document.querySelectorAll("[data-live]")) {
      const topics = topicsOf(element).filter((topic) => moved.has(topic));
      if (topics.length) tell(element, topics);
    }
  };

  /* Telling an element: at once, or, where it fetches itself, when it may: not all at the same moment, not while somebody
     is at work in it, not faster than the server answers. */
  const tell = (element, topics) => {
    if (!("liveRefresh" in element.dataset)) { dispatch(element, topics); return; }
    const waiting = waitingOf(element);
    for (const topic of topics) waiting.topics.add(topic);
    if (!waiting.timer) waiting.timer = setTimeout(refresh, Math.max(Math.random() * JITTER_MS, waiting.notBefore - Date.now()), element);
  };
  const dispatch = (element, topics) => {
    element.dispatchEvent(new CustomEvent("zhitong:moved", { bubbles: true, detail: { topics } }));
  };
  const waitings = new Map();
  const nameOf = (element) => element.id || element.dataset.live;
  const waitingOf = (element) => {
    const name = nameOf(element);
    if (!waitings.has(name)) waitings.set(name, { topics: new Set(), timer: 0, notBefore: 0, asked: 0 });
    return waitings.get(name);
  };
  const refresh = (element) => {
    const waiting = waitingOf(element);
    waiting.timer = 0;
    const here = element.isConnected ? element : document.getElementById(element.id);
    if (!here || !waiting.topics.size) return;
    if (document.hidden || isAtWork(here)) { waiting.timer = setTimeout(refresh, LOOK_AGAIN_MS, here); return; }
    const topics = [...waiting.topics];
    waiting.topics.clear();
    waiting.asked = Date.now();
    waiting.notBefore = waiting.asked + Number(here.dataset.liveRefresh) * 1000;
    waiting.unfolded = new Set([...here.querySelectorAll("details[open] > summary")].map(wordsOf));
    waiting.scrolled = [...here.querySelectorAll(".zt-table")].map((table) => table.scrollLeft);
    dispatch(here, topics);
  };

  /* What was unfolded or moved aside stays so in what came; figures in a head may have changed. */
  const wordsOf = (summary) => summary.textContent.replace(/[\d\s]/g, "");
  const restore = (element) => {
    const { unfolded, scrolled } = waitingOf(element);
    if (!unfolded) return;
    for (const summary of element.querySelectorAll("details > summary")) summary.parentElement.open ||= unfolded.has(wordsOf(summary));
    element.querySelectorAll(".zt-table").forEach((table, place) => { table.scrollLeft = scrolled[place] ?? 0; });
  };

  /* Somebody is at work in an element: a field has the focus or holds what was typed, a box is ticked, a menu is open. */
  const isTyped = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected && field.multiple)
      || (!field.multiple && field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected)));
    return field.type === "file" ? field.files.length > 0 : field.value !== field.defaultValue;
  };
  const isAtWork = (element) => {
    const active = document.activeElement;
    if (active && active !== element && element.contains(active) && active.matches("input, select, textarea, summary, [contenteditable]")) return true;
    if (element.querySelector(".zt-menu[open], dialog[open], [data-going], form[data-sent]")) return true;
    if (element.contains(document.getSelection()?.anchorNode ?? null) && !document.getSelection().isCollapsed) return true;
    return [...element.querySelectorAll("input:not([type=hidden]), select, textarea")].some(isTyped);
  };

  /* What a page fetches by itself is no sign that somebody sits before it. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.type === "zhitong:moved") event.detail.headers["X-Zhitong-Unasked"] = "1";
  });

  /* What htmx has put into the page may follow other topics. A slow answer makes the next one wait longer. */
  document.addEventListener("htmx:afterRequest", (event) => {
    const element = event.detail.elt;
    if (!element.dataset || !("liveRefresh" in element.dataset)) return;
    const waiting = waitingOf(element);
    waiting.notBefore = Math.max(waiting.notBefore, Date.now() + SLOWNESS * (Date.now() - waiting.asked));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.dataset && "liveRefresh" in event.target.dataset) restore(event.target);
    if (followed().join(" ") !== following) open();
  });

  /* Who does not look needs no stream: browsers have few to give. Who looks again is told what was missed. */
  document.addEventListener("visibilitychange", () => {
    clearTimeout(closing);
    if (document.hidden) closing = setTimeout(close, HIDDEN_MS);
    else if (!stream) open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
})();
