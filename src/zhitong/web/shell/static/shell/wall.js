/* The wall: scenes follow one another, each fetched before its turn; what moves in the region is fetched anew.
   One scene is in the document at a time, and nothing of the one before is kept. Without this file the scenes are links
   and the page turns by itself. On a phone they stay links. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const wall = document.querySelector("[data-wall]");
  if (!wall || "still" in wall.dataset || window.matchMedia("(max-width: 700px)").matches) return;
  const stage = wall.querySelector("[data-stage]"), sign = wall.querySelector("[data-sign]");
  const links = [...wall.querySelectorAll("a[data-scene]")];
  const seconds = Number(wall.dataset.seconds), BEFORE_S = 4, JITTER_MS = 800, APART_MS = 2000, SLOWNESS = 10;
  const sheet = document.createElement("template");
  let at = Math.max(0, links.findIndex((link) => link.matches("[aria-current]")));
  let turn = 0, paused = false, ready = null, turning = 0, fetching = 0, moving = 0, notBefore = 0;

  const ask = async (to) => {
    const answer = await fetch(links[to].href, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (answer.status === 204) throw new Error(sign.dataset.signOut);
    if (!answer.ok) throw new Error(sign.dataset.sign);
    return answer.text();
  };
  const wanted = (to) => (ready && ready.to === to ? ready.text : ask(to));
  const next = (step) => (at + step + links.length) % links.length;
  const say = (words) => { if (sign.textContent !== words) sign.textContent = words; };

  const wait = () => {
    clearTimeout(turning);
    clearTimeout(fetching);
    if (paused) return;
    turning = setTimeout(() => show(next(1)), seconds * 1000);
    fetching = setTimeout(() => {
      const to = next(1), asked = { to, text: ask(to) };
      ready = asked;
      asked.text.catch(() => { if (ready === asked) ready = null; });
    }, Math.max(0, seconds - BEFORE_S) * 1000);
  };

  const put = (text, isRenewed) => {
    stage.toggleAttribute("data-renewed", isRenewed);
    sheet.innerHTML = text;
    stage.replaceChildren(sheet.content);
    say("");
  };
  const lose = (trouble) => say(trouble.message === sign.dataset.signOut ? trouble.message : sign.dataset.sign);

  const show = async (to) => {
    const mine = ++turn;
    try {
      const text = await wanted(to);
      if (mine !== turn) return;
      put(text, false);
      at = to;
      for (const link of wall.querySelectorAll(".zt-wall-scenes [aria-current]")) link.removeAttribute("aria-current");
      links[at].setAttribute("aria-current", "true");
    } catch (trouble) {
      if (mine !== turn) return;
      lose(trouble);
    }
    ready = null;
    wait();
    stage.dispatchEvent(new CustomEvent("zhitong:shown", { bubbles: true }));
  };

  const pause = wall.querySelector("[data-pause]"), full = wall.querySelector("[data-full]");
  const halt = () => {
    paused = !paused;
    [pause.textContent, pause.dataset.pause] = [pause.dataset.pause, pause.textContent];
    pause.setAttribute("aria-pressed", String(paused));
    wait();
  };
  const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  pause.hidden = full.hidden = false;
  pause.addEventListener("click", halt);
  full.addEventListener("click", fill);

  wall.addEventListener("click", (event) => {
    const to = links.indexOf(event.target.closest("a[data-scene]"));
    if (to < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(to);
  });
  const KEYS = { ArrowRight: () => show(next(1)), ArrowLeft: () => show(next(-1)), " ": halt, f: fill, F: fill };
  document.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, button, summary, [tabindex='0']")) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  /* What moved is fetched anew: not by every wall in the same moment, not faster than the server answers, and without
     keeping the next scene from its turn. What was fetched before its turn is old then. */
  const renew = async () => {
    const mine = turn, asked = Date.now();
    moving = 0;
    try {
      const text = await ask(at);
      if (mine === turn) put(text, true);
    } catch (trouble) {
      lose(trouble);
    }
    notBefore = Date.now() + Math.max(APART_MS, SLOWNESS * (Date.now() - asked));
  };
  wall.addEventListener("zhitong:moved", () => {
    ready = null;
    if (!moving) moving = setTimeout(renew, Math.max(Math.random() * JITTER_MS, notBefore - Date.now()));
  });
  window.addEventListener("offline", () => say(sign.dataset.sign));
  wait();
});
