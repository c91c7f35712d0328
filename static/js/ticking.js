// Ticks a whole page of a list at once, and says how many are ticked.
const boxes = () => [...document.querySelectorAll('input[type="checkbox"][name="pk"][form="bulk-form"]')];

function show() {
  const form = document.getElementById("bulk-form");
  if (!form) return;
  const page = form.querySelector("[data-tick-page]");
  const told = form.querySelector("[data-tick-count]");
  const ticked = boxes().filter((box) => box.checked).length;
  const whole = page.querySelector("input");
  page.hidden = false;
  whole.checked = ticked > 0 && ticked === boxes().length;
  whole.indeterminate = ticked > 0 && !whole.checked;
  const { none, one, many } = told.dataset;
  told.textContent = ticked === 0 ? none : ticked === 1 ? one : many.replace("{}", ticked);
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-page] input")) for (const box of boxes()) box.checked = target.checked;
  if (target.closest("#bulk-form") || target.form?.id === "bulk-form") show();
});
document.addEventListener("htmx:afterSettle", show);
addEventListener("pageshow", show);
show();
