/* A card sent without a network waits here and goes out once, when the network is back. Without this file forms send as ever.

   <form data-unsent-name="round.person">: its button "send" first asks whether we are reached; if not, all of the form, chosen
   files too, is laid by on this device under that name. [data-unsent] shows what waits, in the words of its attributes: only that
   of the person whose page it is (<body data-person>). It goes out under the key its form was given (once_key), so that an
   answer lost on its way makes no second card. Signing out removes what the device keeps of a person. */
"use strict";

(() => {
  const REACH_WITHIN_MS = 6000;
  const AGAIN_AFTER_MS = 20000;
  const FORMS = "zhitong-forms";
  const person = document.body.dataset.person ?? "";
  const board = document.querySelector("[data-unsent]");

  /* ── What is laid by: name, action, title, at, fields, state; nothing else knows how it is kept ── */
  const opened = () => new Promise((done, failed) => {
    const asked = indexedDB.open("zhitong", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("unsent", { keyPath: "name" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const inStore = async (mode, act) => {
    const base = await opened();
    try {
      return await new Promise((done, failed) => {
        const change = base.transaction("unsent", mode);
        const asked = act(change.objectStore("unsent"));
        change.oncomplete = () => done(asked.result);
        change.onabort = change.onerror = () => failed(change.error);
      });
    } finally {
      base.close();
    }
  };
  const put = (one) => inStore("readwrite", (store) => store.put(one));
  const putAgain = (one) => inStore("readwrite", (store) => { /* what was forgotten meanwhile stays forgotten */
    const kept = store.getKey(one.name);
    kept.onsuccess = () => { if (kept.result !== undefined) store.put(one); };
    return kept;
  });
  const drop = (name) => inStore("readwrite", (store) => store.delete(name));
  const mine = async () => {
    const all = await inStore("readonly", (store) => store.getAll()).catch(() => []);
    return all.filter((one) => person && one.name.endsWith(`.${person}`));
  };

  const reached = async () => {
    if (!navigator.onLine) return false;
    try {
      return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(REACH_WITHIN_MS) })).ok;
    } catch {
      return false;
    }
  };

  /* ── The board: one line for each ── */
  const element = (kind, words, className = "") => Object.assign(document.createElement(kind), { textContent: words, className });
  const pressed = (words, act) => {
    const button = element("button", words, "btn");
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };
  const moment = (at) => new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const line = (one) => {
    const words = board.dataset;
    const row = element("div", "", `zt-notice zt-notice-${{ sent: "done", refused: "refused" }[one.state] ?? "mind"}`);
    const said = element("div", "");
    said.append(element("p", `${one.title}：${words[one.state]}（${moment(one.at)}）`), element("p", words[`${one.state}Next`] ?? ""));
    if (one.state === "waiting") said.append(pressed(words.now, () => send()));
    if (one.state === "signIn") {
      const link = element("a", words.signInHere, "btn btn-primary");
      link.href = `${words.signInUrl}?next=${encodeURIComponent(one.action)}`;
      said.append(link);
    }
    if (one.state === "refused") said.append(pressed(words.mend, () => mend(one)));
    row.append(said);
    return row;
  };
  const arrived = new Map(); /* what this page has told as sent; the next page tells it no more */
  let isLeaving = false; /* for the page of what was sent, which tells it; or by signing out */
  const show = async () => {
    if (!board || isLeaving) return;
    const kept = (await mine()).filter((one) => one.state !== "handed");
    for (const one of kept.filter((other) => other.state === "sent")) { arrived.set(one.name, one); await drop(one.name); }
    const all = [...arrived.values(), ...kept.filter((one) => one.state !== "sent")];
    board.replaceChildren(...all.map(line));
    board.hidden = !all.length;
    for (const form of document.querySelectorAll("form[data-unsent-name]")) {
      const waits = all.some((one) => one.name === form.dataset.unsentName && !["refused", "sent"].includes(one.state));
      if (waits) form.dataset.laidBy = "yes"; else delete form.dataset.laidBy;
    }
  };

  /* What waited and then left with its own page is done with once a page answers it; else it waits on. */
  const handOver = async (name) => {
    const one = (await mine()).find((other) => other.name === name);
    if (one) await put({ ...one, state: "handed" });
  };
  const takeStock = async () => {
    for (const one of (await mine()).filter((other) => other.state === "handed")) {
      const name = CSS.escape(one.name);
      const answered = document.querySelector(`[data-kept-done="${name}"], form[data-answered][data-unsent-name="${name}"]`);
      if (answered) await drop(one.name); else await put({ ...one, state: "waiting" });
    }
  };

  /* ── Laying by ── */
  const layBy = async (form) => {
    const { unsentName: name, unsentTitle: title } = form.dataset;
    const fields = [...new FormData(form), ["act", "send"]].filter(([field]) => field !== "csrfmiddlewaretoken");
    await put({ name, title, action: new URL(form.action).pathname, at: Date.now(), fields, state: "waiting" });
    await show();
    board.scrollIntoView({ block: "center" });
    board.focus({ preventScroll: true });
  };
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.dataset.unsentName || submitter?.value !== "send" || !window.indexedDB || !board) return;
    if (form.dataset.reached) { delete form.dataset.reached; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    reached().then((well) => {
      if (!well) return layBy(form);
      form.dataset.reached = "yes";
      return handOver(form.dataset.unsentName).catch(() => {}).then(() => form.requestSubmit(submitter));
    }).catch(() => { form.dataset.reached = "yes"; form.requestSubmit(submitter); });
  }, true);

  /* ── Sending: one page at a time where the browser can tell; the key makes a second one harmless elsewhere ── */
  const formOf = (one) => {
    const sent = new FormData();
    for (const [name, value] of one.fields) sent.append(name, value);
    sent.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    return sent;
  };
  const judged = (answer) => {
    const there = new URL(answer.url).pathname;
    if (answer.status === 403 || there.startsWith(board.dataset.signInUrl)) return "signIn";
    if (answer.ok) return "sent";
    return answer.status >= 500 || answer.status === 429 ? "waiting" : "refused";
  };
  const sendOne = async (one) => {
    let answer;
    try {
      answer = await fetch(one.action, { method: "POST", body: formOf(one) });
    } catch {
      return;
    }
    const state = judged(answer);
    await putAgain({ ...one, state, at: state === "sent" ? Date.now() : one.at, fields: state === "sent" ? [] : one.fields });
    if (state !== "sent" || isLeaving) return;
    try { localStorage.removeItem(`zhitong.kept.${one.name}`); } catch { /* nothing was kept there then */ }
    isLeaving = document.querySelector(`form[data-unsent-name="${CSS.escape(one.name)}"]`) !== null;
    if (isLeaving) window.location.assign(answer.url);
  };
  const sendAll = async () => {
    const due = (await mine()).filter((one) => one.state === "waiting" || one.state === "signIn");
    if (!due.length || !(await reached())) return;
    for (const one of due) await sendOne(one);
  };
  const send = async () => {
    if (navigator.locks) await navigator.locks.request("zhitong-unsent", sendAll); else await sendAll();
    await show();
  };

  /* What was refused is sent as a page of its own: the refusal stands beside its fields, with all that was typed. */
  const mend = async (one) => {
    const form = element("form", "");
    Object.assign(form, { method: "post", action: one.action, enctype: "multipart/form-data", hidden: true });
    for (const [name, value] of formOf(one)) {
      const field = document.createElement(typeof value === "string" && value.includes("\n") ? "textarea" : "input");
      field.name = name;
      if (typeof value === "string") field.value = value;
      else {
        const files = new DataTransfer();
        if (value.name) files.items.add(value);
        Object.assign(field, { type: "file", files: files.files });
      }
      form.append(field);
    }
    document.body.append(form);
    if (!(await reached())) { form.remove(); return; }
    await handOver(one.name);
    form.submit();
  };

  /* ── Signing out: what the device keeps of this person goes, after a word when a card still waits ── */
  const forget = async () => {
    for (const one of await mine()) await drop(one.name);
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("zhitong.kept.") && key.endsWith(`.${person}`)) localStorage.removeItem(key);
    } catch { /* a store that is forbidden keeps nothing */ }
    if (window.caches) await caches.delete(FORMS);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-sign-out]");
    if (!form || !person || form.dataset.forgotten) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    mine().then(async (all) => {
      const waits = all.some((one) => one.state !== "sent");
      if (waits && board && !form.dataset.warned) {
        form.dataset.warned = "yes";
        board.append(element("p", board.dataset.leaving, "zt-notice zt-notice-mind"));
        board.scrollIntoView({ block: "center" });
        board.focus({ preventScroll: true });
        return;
      }
      isLeaving = true;
      await forget().catch(() => {});
      form.dataset.forgotten = "yes";
      form.requestSubmit();
    });
  }, true);

  window.addEventListener("online", send);
  window.setInterval(() => { if (board && !board.hidden) send(); }, AGAIN_AFTER_MS);
  if (board && window.indexedDB && person) takeStock().then(show).then(send);
})();
