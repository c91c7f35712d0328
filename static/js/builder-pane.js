/** The advice beside the form: what was open stays open when it comes anew, and a new verdict is said aloud. */

const wide = matchMedia("(width >= 60rem), (width < 48rem)");
const live = document.createElement("p");
live.className = "sr-only";
live.setAttribute("aria-live", "polite");

let open = new Set();
let said = verdict();

function verdict() {
  return document.getElementById("pane-verdict")?.textContent.trim() ?? "";
}

function unfold() {
  const fold = document.getElementById("pane-fold");
  if (fold && wide.matches) fold.open = true;
}

function remember() {
  open = new Set([...document.querySelectorAll("#pane details[open]")].map((each) => each.id));
}

function restore() {
  for (const each of document.querySelectorAll("#pane details[id]")) each.open ||= open.has(each.id);
  unfold();
  const now = verdict();
  if (now && now !== said) live.textContent = now;
  said = now;
}

document.body.append(live);
for (const name of ["htmx:beforeSwap", "htmx:oobBeforeSwap"]) document.addEventListener(name, remember);
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.addEventListener(name, restore);
wide.addEventListener("change", unfold);
unfold();
