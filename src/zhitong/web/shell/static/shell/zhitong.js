/* Small comforts. No act depends on anything here: without this file every form still sends and every link still leads. */
"use strict";

/* Print buttons: <button data-print>. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* The worker keeps our files, and a card's form for when there is no network (shell/worker.js). */
if (navigator.serviceWorker && document.body.dataset.worker) {
  window.addEventListener("load", () => navigator.serviceWorker.register(document.body.dataset.worker).catch(() => {}));
}

/* The switch to large type and back: in place, so that what is being typed stays; the choice is kept as without this file. */
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-large]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const { value } = event.submitter;
  const sent = new FormData(form, event.submitter);
  fetch(form.action, { method: "POST", body: sent, redirect: "manual" }).then((answer) => {
    if (answer.type !== "opaqueredirect") return;
    document.body.classList.toggle("zt-large", value === "1");
    for (const button of document.querySelectorAll("[data-large] button")) {
      button.value = value === "1" ? "0" : "1";
      button.querySelector("span").textContent = value === "1" ? button.dataset.largeOff : button.dataset.largeOn;
    }
  }, () => {});
});

/* A menu closes when one clicks beside it or presses Escape. */
const openMenus = () => document.querySelectorAll(".zt-menu[open], .zt-bottom details[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) { menu.open = false; menu.querySelector("summary").focus(); }
});

/* "/" leads to the search from any page, unless somebody is writing. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const field = [...document.querySelectorAll("[data-search], .zt-search input")].find((one) => one.offsetParent);
  if (!field) return;
  field.focus();
  event.preventDefault();
});

/* Whoever speaks to his machine, or often hits a key by chance, switches keys of one letter off: /keys/ (WCAG 2.1.4). */
const KEYS_OFF = "zhitong.keys.off";
const keysAreOff = () => { try { return localStorage.getItem(KEYS_OFF) === "yes"; } catch { return false; } };
document.addEventListener("keydown", (event) => {
  const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isTyping = event.target.matches("input, select, textarea, [contenteditable]");
  if (isLetter && !isTyping && keysAreOff()) event.stopImmediatePropagation();
}, true);
for (const box of document.querySelectorAll("[data-keys-off]")) {
  box.checked = keysAreOff();
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => {
    try { if (box.checked) localStorage.setItem(KEYS_OFF, "yes"); else localStorage.removeItem(KEYS_OFF); } catch { box.checked = false; }
  });
}

/* Where a form was refused, reading begins with what was wrong. */
const refusal = document.querySelector("main #refusal, main .zt-notice-refused");
if (refusal) { refusal.tabIndex = -1; refusal.focus({ preventScroll: false }); }

/* What had the focus and was drawn anew hands it on: to the newest row that was asked for, else to the block itself. */
let heldFocus = false;
document.addEventListener("htmx:beforeSwap", (event) => { heldFocus = event.detail.target.contains(document.activeElement); });
document.addEventListener("htmx:afterSettle", (event) => {
  if (!heldFocus || document.activeElement !== document.body) return;
  heldFocus = false;
  const block = document.getElementById(event.detail.target.id) ?? event.target;
  const row = [...block.querySelectorAll("[data-new-row]")].at(-1);
  const next = row?.querySelector("select, textarea, input:not([type=hidden])") ?? block;
  if (next === block && !block.hasAttribute("tabindex")) block.tabIndex = -1;
  next.focus();
});

/* What scrolls sideways can be reached and named, also where nothing in it takes the focus. */
const SIDEWAYS = ".zt-table, .zt-lenses, .zt-flow, .zt-fold-wide, .zt-gantt, .zt-reader-pane";
const nameOf = (block) => block.querySelector("caption")?.textContent.trim()
  || block.closest("section, details")?.querySelector("h2, h3, summary")?.textContent.trim() || document.title;
const reachSideways = () => {
  for (const block of document.querySelectorAll(SIDEWAYS)) {
    if (block.hasAttribute("tabindex") || block.scrollWidth <= block.clientWidth + 1) continue;
    block.tabIndex = 0;
    if (!block.hasAttribute("role") && block.tagName === "DIV") block.setAttribute("role", "region");
    if (!block.hasAttribute("aria-label")) block.setAttribute("aria-label", nameOf(block));
  }
};
window.addEventListener("load", reachSideways);
window.addEventListener("resize", reachSideways);
document.addEventListener("htmx:afterSettle", reachSideways);
document.addEventListener("toggle", reachSideways, true);

/* Rows by keyboard: in a table marked [data-rows], up and down move from row to row, Home and End to the ends. */
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const row = event.target.closest("[data-rows] tbody tr");
  if (step === undefined || !row || event.target.matches("input, select, textarea")) return;
  const links = [...row.parentElement.children].map((line) => line.querySelector("a")).filter(Boolean);
  const next = links.indexOf(row.querySelector("a")) + step;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  event.preventDefault();
});

/* The box in a table's head ticks every row of the page. */
const offerTickAll = () => { for (const box of document.querySelectorAll("[data-tick-all]")) box.hidden = false; };
document.addEventListener("DOMContentLoaded", offerTickAll);
document.addEventListener("htmx:afterSettle", offerTickAll);
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  const ticks = event.target.closest("table").querySelectorAll("tbody .zt-tick");
  for (const tick of ticks) tick.checked = event.target.checked;
});

/* A row opens beside its list where there is room for both; elsewhere its link leads to its own page. */
const WIDE_ENOUGH = window.matchMedia("(min-width: 1280px)");
document.addEventListener("htmx:confirm", (event) => {
  const link = event.target.closest("[data-beside]");
  if (!link || WIDE_ENOUGH.matches) return;
  event.preventDefault();
  window.location.assign(link.href);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const pane = event.target.closest("[data-pane]");
  if (!pane || "liveRefresh" in event.detail.requestConfig.elt.dataset) return;
  pane.closest(".zt-beside").classList.add("zt-beside-open");
  const opener = event.detail.requestConfig.elt.closest("tr");
  for (const row of document.querySelectorAll("tr[aria-current]")) row.removeAttribute("aria-current");
  if (opener) opener.setAttribute("aria-current", "true");
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close-beside]");
  if (!button) return;
  button.closest(".zt-beside").classList.remove("zt-beside-open");
  for (const row of document.querySelectorAll("tr[aria-current]")) row.removeAttribute("aria-current");
});

/* How much of a text's room is used: <textarea data-counted="5000">. */
const count = (text) => {
  const most = Number(text.dataset.counted);
  const used = [...text.value.trim()].length;
  let said = text.nextElementSibling;
  if (!said?.matches("[data-count]")) {
    said = document.createElement("div");
    said.dataset.count = "";
    said.className = "zt-count";
    text.after(said);
  }
  said.textContent = `${used} / ${most}`;
  said.classList.toggle("zt-count-over", used > most);
};
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea[data-counted]")) count(event.target);
});
const countAll = () => document.querySelectorAll("textarea[data-counted]").forEach(count);
document.addEventListener("htmx:afterSwap", countAll);
countAll();

/* Figures put themselves in order when one leaves the field; what cannot be read stays as typed, the server says why. */
const HALF = (text) => text.normalize("NFKC").replaceAll("。", ".").replaceAll("−", "-").replace(/\s/g, "");
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("input[data-figure]")) return;
  const plain = HALF(field.value).replaceAll(",", "");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return;
  const [whole, part] = plain.split(".");
  field.value = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
});

/* A form that has been sent is not sent a second time by a second click; a button [data-file] takes a file, and its page
   stays for the next one. */
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented || event.submitter?.hasAttribute("data-file")) return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
