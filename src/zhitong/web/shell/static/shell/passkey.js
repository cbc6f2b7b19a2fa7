/* A passkey is made or shown. Without this file, or in a browser that has none, the other ways in stand beside it.

   <form data-passkey="make|show"> is hidden until the browser is found to know passkeys; what it is told stands as JSON in
   #zt-passkey-told, with bytes in base64url. Its button asks the device; the answer goes into the field "answer" and the form is
   sent. With data-passkey-starts the device is asked as the page opens. What went wrong is said in [data-passkey-said]. */
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !window.isSecureContext) return;
  const told = JSON.parse(document.getElementById("zt-passkey-told").textContent);
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("button");

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const described = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = {
    make: () => navigator.credentials.create({ publicKey: {
      ...told, challenge: bytes(told.challenge), user: { ...told.user, id: bytes(told.user.id) },
      excludeCredentials: described(told.excludeCredentials),
    } }),
    show: () => navigator.credentials.get({ publicKey: {
      ...told, challenge: bytes(told.challenge), allowCredentials: described(told.allowCredentials),
    } }),
  };

  const answerOf = ({ id, rawId, type, response }) => JSON.stringify({
    id, rawId: text(rawId), type,
    response: Object.fromEntries(
      ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
        .filter((name) => response[name]).map((name) => [name, text(response[name])]),
    ),
  });

  const say = (words) => {
    said.hidden = !words;
    said.textContent = words;
  };

  const ask = async () => {
    button.disabled = true;
    say("");
    try {
      form.elements.answer.value = answerOf(await asked[form.dataset.passkey]());
      form.submit();
    } catch (error) {
      say(error.name === "InvalidStateError" ? form.dataset.passkeyHeld : form.dataset.passkeyDeclined);
      button.disabled = false;
    }
  };

  form.hidden = false;
  document.querySelector("[data-passkey-without]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  if ("passkeyStarts" in form.dataset) ask();
})();
