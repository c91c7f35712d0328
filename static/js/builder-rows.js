// Rows are moved by dragging their handle; the buttons do the same without a pointer.
let dragged = null;

const listOf = (row) => row?.parentElement?.closest("[data-rows]");

function rowOver(list, y) {
  const rows = [...list.querySelectorAll(":scope > [data-row]")].filter((row) => row !== dragged);
  return rows.find((row) => y < row.getBoundingClientRect().top + row.offsetHeight / 2);
}

function send(row, follower) {
  const button = document.createElement("button");
  const key = follower ? ` ${follower.dataset.row.split("/").pop()}` : "";
  Object.assign(button, { type: "submit", name: "do", value: `before ${row.dataset.row}${key}`, hidden: true });
  document.getElementById("builder-form").append(button);
  button.click();
  button.remove();
}

// A handle is of use only where rows can be moved, and only with a pointer.
function addGrips() {
  for (const button of document.querySelectorAll('[data-row] button[value^="up "]')) {
    const tools = button.parentElement;
    if (tools.querySelector("[data-grip]") || tools.closest("[data-row]").dataset.row !== button.value.slice(3)) continue;
    const grip = document.createElement("span");
    grip.dataset.grip = "";
    grip.setAttribute("aria-hidden", "true");
    grip.textContent = "⠿";
    tools.prepend(grip);
  }
}

export function watchRows() {
  addGrips();
  document.addEventListener("htmx:afterSettle", addGrips);

  document.addEventListener("pointerdown", ({ target }) => {
    const row = target.closest?.("[data-grip]")?.closest("[data-row]");
    if (row) row.draggable = true;
  });

  document.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.("[data-row]")) return;
    dragged = event.target;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.row);
  });

  document.addEventListener("dragover", (event) => {
    const list = dragged && event.target.closest?.("[data-rows]");
    if (!list || list !== listOf(dragged)) return;
    event.preventDefault();
    list.insertBefore(dragged, rowOver(list, event.clientY) ?? null);
  });

  document.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });

  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    dragged.draggable = false;
    const row = dragged;
    dragged = null;
    send(row, row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : null);
  });
}
