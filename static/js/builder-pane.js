/** The advice beside the form: what was open stays open when it comes anew, and a new verdict is said aloud. */

const wide = matchMedia("(width >= 60rem)");
const pane = document.getElementById("pane");
let open = new Set();

function verdict() {
  return document.getElementById("pane-verdict")?.textContent.trim() ?? "";
}

function unfold() {
  const fold = document.getElementById("pane-fold");
  if (fold && (wide.matches || open.has(fold.id))) fold.open = true;
}

if (pane) {
  const live = document.createElement("p");
  live.className = "sr-only";
  live.setAttribute("aria-live", "polite");
  document.body.append(live);
  let said = verdict();
  pane.addEventListener("htmx:beforeSwap", () => {
    open = new Set([...pane.querySelectorAll("details[open]")].map((each) => each.id));
  });
  pane.addEventListener("htmx:afterSettle", () => {
    for (const each of pane.querySelectorAll("details[id]")) each.open ||= open.has(each.id);
    unfold();
    const now = verdict();
    if (now && now !== said) live.textContent = now;
    said = now;
  });
  wide.addEventListener("change", unfold);
  unfold();
}
