// Asks the device for a passkey and sends its answer with the form. Options come with the page or, at sign-in, by request.
const known = Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function options(form) {
  const here = document.getElementById("passkey-options");
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(`The options could not be had: ${answer.status}`);
  return answer.json();
}

async function add(form) {
  const { publicKey } = (await options(form)).creation_options;
  if (form.elements.namedItem("passwordless")?.checked) {
    const wanted = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...wanted };
  }
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function use(form) {
  const { publicKey } = (await options(form)).request_options;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button[type=submit]");
  const failed = form.querySelector("[data-passkey-failed]");
  button.closest(".row").hidden = !known;
  form.querySelector("[data-passkey-waiting]").hidden = true;
  form.querySelector("[data-passkey-unknown]").hidden = known;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    failed.hidden = true;
    try {
      const credential = await (form.dataset.passkey === "add" ? add : use)(form);
      form.elements.namedItem("credential").value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      button.disabled = false;
    }
  });
}
