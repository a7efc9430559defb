// Passkeys: the form holds what the server asks, the device answers, the answer goes with the form. Nothing is fetched.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function asked(options) {
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) made.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) made.allowCredentials = listed(options.allowCredentials);
  return made;
}

function told({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(given) });
}

async function answer(form) {
  const publicKey = asked(JSON.parse(form.dataset.options)), says = form.querySelector("[data-not]");
  says.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.answer.value = told(credential);
    form.submit();
  } catch {
    says.hidden = false; // no passkey here, or the person turned back: both are theirs to know
  }
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
  form.parentNode.querySelector("[data-without]")?.remove();
}
