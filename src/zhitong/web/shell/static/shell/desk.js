/* A desk by keyboard: [data-desk] holds a list and its pane. Without this file every row keeps its links and buttons.
   j, k and arrows move; Enter or 1 does what the row's own form offers; c opens its form; space ticks; ? shows the keys. */
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk?.querySelector("[data-rows]")) return;

  const OPEN_AFTER_MS = 120;
  const said = desk.querySelector("[data-desk-said]");
  const legend = document.querySelector("[data-keys]");
  const wide = window.matchMedia("(min-width: 1280px)");
  const table = () => desk.querySelector("[data-rows]") ?? desk; /* a page that follows brings a new one */
  const rows = () => [...table().querySelectorAll("tbody tr:not([data-going])")];
  let at = null;
  let opening = 0;

  const select = (row, { open = true, focus = true } = {}) => {
    for (const other of table().querySelectorAll("tr[aria-current]")) other.removeAttribute("aria-current");
    at = row;
    if (!row) return;
    row.setAttribute("aria-current", "true");
    if (focus) row.scrollIntoView({ block: "nearest" });
    const link = row.querySelector("th a");
    if (focus) link.focus({ preventScroll: true });
    clearTimeout(opening);
    if (open && wide.matches) opening = setTimeout(() => link.click(), OPEN_AFTER_MS);
  };
  const move = (step) => {
    const all = rows();
    const place = all.indexOf(at);
    select(all[Math.min(Math.max(place + step, 0), all.length - 1)]);
  };

  /* Acts go out one after another; the row leaves at once, comes back with the reason when it is refused. */
  let going = Promise.resolve();
  const lessen = () => {
    for (const figure of document.querySelectorAll(".zt-lenses a[aria-current] b, .zt-said b")) {
      if (/^\d+$/.test(figure.textContent)) figure.textContent = String(Number(figure.textContent) - 1);
    }
  };
  const send = async (form, row) => {
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "Zhitong-Desk": "keys" },
      });
      said.textContent = answer.status === 200 || answer.status === 409 ? await answer.text() : said.dataset.failed;
      if (answer.ok) { row.remove(); lessen(); } else { delete row.dataset.going; }
    } catch {
      said.textContent = said.dataset.failed;
      delete row.dataset.going;
    }
    if (!table().querySelector("tbody tr")) window.location.reload();
  };
  const act = (row) => {
    const form = row.querySelector("form[data-do]");
    if (!form) { row.querySelector("a.zt-row-do")?.click(); return; }
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1] ?? null;
    row.dataset.going = "yes";
    select(next);
    going = going.then(() => send(form, row));
  };

  const KEYS = {
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => at && act(at), 1: () => at && act(at),
    c: () => at?.querySelector("a.zt-row-do")?.click(),
    " ": () => at?.querySelector(".zt-tick")?.click(),
    "?": () => { if (legend) legend.open = !legend.open; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, button, summary, [contenteditable]");
    const elsewhere = event.target.closest("a") && !table().contains(event.target);
    if (typing || (elsewhere && event.key === "Enter")) return;
    const goes = at && legend?.querySelector(`[data-key="${CSS.escape(event.key)}"][data-goes]`);
    const wanted = goes ? () => window.location.assign(at.querySelector("th a").href + goes.dataset.goes) : KEYS[event.key];
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && event.key === "Enter") return;
    wanted();
  }, true);

  desk.addEventListener("click", (event) => {
    const row = event.target.closest("[data-rows] tbody tr");
    if (row && row !== at) select(row, { open: false });
  });
  /* A list that has followed what moved: the same matter stays chosen; one that has gone leaves its place to the first. */
  document.addEventListener("htmx:afterSwap", () => {
    if (!at || at.isConnected) return;
    const href = at.querySelector("th a").getAttribute("href");
    const same = rows().find((row) => row.querySelector("th a").getAttribute("href") === href);
    select(same ?? rows()[0] ?? null, { open: false, focus: document.activeElement === document.body });
  });
  select(rows()[0] ?? null, { open: wide.matches });
})();
