// A note says whether it is saved. What is not saved yet when the page goes away is sent along.
const noteOf = (element) => element?.closest?.("form[data-note]");
const stateOf = (form) => form.querySelector("[data-note-state]");
const textOf = (form) => form.elements.namedItem("note");

function fail(form) {
  stateOf(form).textContent = form.dataset.failed;
}

document.addEventListener("input", ({ target }) => {
  const form = noteOf(target);
  if (!form) return;
  const isChanged = textOf(form).value !== textOf(form).defaultValue;
  form.toggleAttribute("data-unsaved", isChanged);
  stateOf(form).textContent = isChanged ? form.dataset.notYet : "";
});

// Whoever is no longer signed in is led to another page, which has no place here.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = noteOf(event.detail.requestConfig?.elt);
  if (!form || new URL(event.detail.xhr.responseURL).pathname === form.getAttribute("action")) return;
  event.detail.shouldSwap = false;
  fail(form);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const form = noteOf(detail.requestConfig?.elt);
  if (!form || !stateOf(form).querySelector(".note-saved")) return;
  textOf(form).defaultValue = detail.requestConfig.formData.get("note");
  if (textOf(form).value === textOf(form).defaultValue) delete form.dataset.unsaved;
  else stateOf(form).textContent = form.dataset.notYet;
});

for (const trouble of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(trouble, ({ detail }) => {
    const form = noteOf(detail.elt);
    if (form) fail(form);
  });
}

addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-note][data-unsaved]")) {
    navigator.sendBeacon(form.action, new FormData(form));
  }
});

addEventListener("beforeprint", () => {
  for (const form of document.querySelectorAll("form[data-note]")) {
    form.querySelector("[data-note-paper]").textContent = textOf(form).value;
  }
});
