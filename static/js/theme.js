// The choice of light or dark, applied at once and kept in a cookie; without this module the form posts it.
const form = document.querySelector("form[data-theme-form]");

function apply(choice) {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax${secure}`;
  for (const button of form.elements.namedItem("theme")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
}

form?.addEventListener("submit", (event) => {
  if (!event.submitter) return;
  event.preventDefault();
  apply(event.submitter.value);
});
