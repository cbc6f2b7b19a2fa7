/* Drafts keep themselves. Without this file the form still sends, and its button still keeps the draft. */
"use strict";

/* <form data-autosave="address">: what is typed goes to the server; the answer's text is the sentence shown in
   [data-saved], its version the one the form carries on with. One saving at a time; a form sent meanwhile waits for it.
   <form data-kept="name">: until the server has it, what is typed is kept here too, and offered when the page comes back. */
const AUTOSAVE_AFTER_MS = 1500;
const AGAIN_AFTER_MS = 15000;
const TOO_OLD_MS = 14 * 24 * 3600 * 1000;
const PREFIX = "zhitong.kept.";
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "once_key", "version"]);
const waiting = new WeakMap();
const saving = new WeakMap();

const typed = (form) => [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
const versionOf = (form) => form.elements.namedItem("version");

/* Files go up by themselves as they are chosen, once. */
const withoutUploads = (form) => {
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
  return sent;
};

/* A full or forbidden store is no reason to disturb anybody: the server's draft is the one that counts. */
const store = {
  put(name, kept) { try { localStorage.setItem(PREFIX + name, JSON.stringify(kept)); } catch { /* see above */ } },
  take(name) { try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; } },
  drop(name) { try { localStorage.removeItem(PREFIX + name); } catch { /* see above */ } },
};

const keepHere = (form) => {
  if (form.dataset.kept) store.put(form.dataset.kept, { at: Date.now(), version: versionOf(form).value, typed: typed(form) });
};

/* A form that was laid by to be sent later (unsent.js) is left as it was then: a newer draft would turn it back. */
const save = async (form) => {
  if (form.dataset.laidBy) return;
  const said = form.querySelector("[data-saved]");
  const before = JSON.stringify(typed(form));
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: withoutUploads(form), keepalive: document.hidden });
    const version = answer.headers.get("Zhitong-Version");
    said.textContent = answer.ok && !answer.redirected ? await answer.text() : said.dataset.failed;
    if (!version) return;
    versionOf(form).value = version;
    if (JSON.stringify(typed(form)) === before) store.drop(form.dataset.kept); else keepHere(form);
  } catch {
    said.textContent = said.dataset.failed;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(saveAfterTheLast, AGAIN_AFTER_MS, form));
  }
};
const saveAfterTheLast = (form) => {
  waiting.delete(form);
  const now = (saving.get(form) ?? Promise.resolve()).then(() => save(form));
  saving.set(form, now);
  now.then(() => { if (saving.get(form) === now) saving.delete(form); });
};

const changed = (form) => {
  keepHere(form);
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(saveAfterTheLast, AUTOSAVE_AFTER_MS, form));
};
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form && event.target.type !== "file") changed(form);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form && event.target.querySelector(".zt-card-files")) changed(form);
});

/* Leaving by the back key, or to another window: what still waits is saved at once. */
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (!waiting.has(form)) continue;
    clearTimeout(waiting.get(form));
    saveAfterTheLast(form);
  }
});

document.addEventListener("submit", (event) => {
  clearTimeout(waiting.get(event.target));
  waiting.delete(event.target);
  if (!saving.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { target, submitter } = event;
  saving.get(target).then(() => target.requestSubmit(submitter));
}, true);

/* What was kept here and never reached the server is offered; the form as the server has it stays until one says yes.
   <form data-answered>: the page answers what was just sent and shows all of it; that is what is kept from then on. */
const plain = (value) => {
  const text = value.normalize("NFKC").replace(/[,\s]/g, "");
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text;
};
const told = (pairs) => JSON.stringify(pairs.filter(([name, value]) => name !== "rows" && value.trim()).map(([n, v]) => [n, plain(v)]).sort());
const differs = (form, kept) => told(typed(form)) !== told(kept.typed);

/* Without a network the server cannot draw the form anew: what has a field on this page goes into it. */
const writeInto = (form, kept) => {
  for (const [name] of typed(form)) for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) if (field.checked) field.checked = false;
  for (const [name, value] of kept.typed) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked || field.value === value;
      else if (field.type !== "file" && field.type !== "hidden") field.value = value;
    }
  }
};

const restore = (form, kept) => {
  if (!navigator.onLine) { writeInto(form, kept); return false; }
  const asked = document.createElement("form");
  asked.method = "post";
  asked.action = form.action;
  asked.hidden = true;
  const carried = ["csrfmiddlewaretoken", "once_key", "version"].map((name) => [name, form.elements.namedItem(name).value]);
  for (const [name, value] of [...kept.typed, ...carried, ["act", "look"]]) {
    const field = document.createElement(value.includes("\n") ? "textarea" : "input");
    field.name = name;
    field.value = value;
    asked.append(field);
  }
  document.body.append(asked);
  asked.submit();
  return true;
};

const button = (words, act, primary) => {
  const one = document.createElement("button");
  one.type = "button";
  one.className = primary ? "btn btn-primary" : "btn";
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
};

const offer = (form, box) => {
  const name = form.dataset.kept;
  const kept = store.take(name);
  if (!kept) return;
  if (Date.now() - kept.at > TOO_OLD_MS || !Array.isArray(kept.typed) || !differs(form, kept)) { store.drop(name); return; }
  const at = new Date(kept.at);
  const time = at.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const said = document.createElement("p");
  said.textContent = `${kept.version === versionOf(form).value ? box.dataset.older : box.dataset.newer}（${time}）。`;
  box.append(
    said, button(box.dataset.restore, () => { box.hidden = !restore(form, kept); }, true),
    button(box.dataset.drop, () => { store.drop(name); box.hidden = true; }, false),
  );
  box.hidden = false;
};

/* Once the card is sent, nothing of it stays here. */
for (const done of document.querySelectorAll("[data-kept-done]")) store.drop(done.dataset.keptDone);
const box = document.querySelector("[data-kept-offer]");
const form = document.querySelector("form[data-kept]");
if (form && "answered" in form.dataset) keepHere(form);
else if (box && form) offer(form, box);
