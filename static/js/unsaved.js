// Asks before a page is left whose form holds something that was not sent yet.
let unsaved = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-unsaved]")) unsaved = true;
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-unsaved]")) unsaved = false;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "unread") unsaved = true;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
