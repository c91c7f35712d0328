// Cases chosen for comparison stay chosen while the list changes beneath: other filters, other pages. They go with the tab.
const KEY = "cases to compare";
const tray = document.getElementById("compare-form");
const part = (name) => tray.querySelector(`[data-tray${name}]`);
const chosen = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));

function boxes() {
  return document.querySelectorAll('input[type="checkbox"][name="case"][form="compare-form"]');
}

function hidden(slug) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "case", value: slug });
  return field;
}

function line([slug, title], isHere) {
  const entry = document.createElement("li");
  entry.append(title, ...(isHere ? [] : [hidden(slug)]));
  return entry;
}

function show() {
  const here = new Set();
  for (const box of boxes()) {
    here.add(box.value);
    box.checked = chosen.has(box.value);
  }
  part("-list").replaceChildren(...[...chosen].map((entry) => line(entry, here.has(entry[0]))));
  part("-count").textContent = chosen.size;
  part("-many").hidden = chosen.size <= 4;
  part("-hint").hidden = chosen.size > 0;
  part("-clear").hidden = chosen.size === 0;
  part("").hidden = chosen.size === 0;
  tray.classList.toggle("has-chosen", chosen.size > 0);
  sessionStorage.setItem(KEY, JSON.stringify([...chosen]));
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches('input[type="checkbox"][name="case"]')) return;
  if (target.checked) chosen.set(target.value, target.dataset.title);
  else chosen.delete(target.value);
  show();
});
document.addEventListener("htmx:afterSettle", show);
addEventListener("pageshow", show);
part("-clear").addEventListener("click", () => {
  chosen.clear();
  show();
  part("-hint").focus();
});
show();
