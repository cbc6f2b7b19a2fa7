/* Between the pages and the network. Files of ours come from what is kept; a card's form that was opened opens again without a
   network; everything else goes straight through. `self.zhitong` says what to keep (web/shell/installing.py). */
"use strict";

const { name, kept, static: files, away, sign_in: signIn, hours } = self.zhitong;
const FORMS = "zhitong-forms";
const FORM = /^\/portal\/card\/[0-9a-f-]{36}\/(correct\/)?$/;
const KEPT_AT = "Zhitong-Kept-At";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(name).then((shell) => shell.addAll([...kept, new Request(away, { credentials: "omit" })])).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const outdated = (all) => all.filter((one) => one.startsWith("zhitong-") && one !== name && one !== FORMS);
  event.waitUntil(
    caches.keys().then((all) => Promise.all(outdated(all).map((one) => caches.delete(one)))).then(() => self.clients.claim()),
  );
});

/* A form is kept with the hour it was made; older than a sitting may last, it is nobody's any more. */
const keep = async (request, answer) => {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  const copy = new Response(await answer.blob(), { status: answer.status, headers });
  await (await caches.open(FORMS)).put(request.url, copy);
};
const formKept = async (request) => {
  const found = await (await caches.open(FORMS)).match(request.url);
  if (!found) return undefined;
  if (Date.now() - Number(found.headers.get(KEPT_AT)) < hours * 3600 * 1000) return found;
  await (await caches.open(FORMS)).delete(request.url);
  return undefined;
};

const opened = async (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    if (new URL(answer.url || request.url).pathname === signIn) event.waitUntil(caches.delete(FORMS));
    else if (request.method === "GET" && FORM.test(pathname) && answer.ok && !answer.redirected) {
      event.waitUntil(keep(request, answer.clone()));
    }
    return answer;
  } catch (failed) {
    const isForm = FORM.test(pathname);
    const found = request.method === "GET" && isForm ? await formKept(request) : undefined;
    const instead = found ?? (request.method === "GET" || isForm ? await caches.match(away) : undefined);
    if (instead) return instead;
    throw failed;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(opened(event));
  else if (request.method === "GET" && address.pathname.startsWith(files)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
