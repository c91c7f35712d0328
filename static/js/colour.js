// A field for a colour that is typed gets a picker beside it; each follows the other.
for (const picker of document.querySelectorAll("[data-picks-for]")) {
  const field = document.getElementById(picker.dataset.picksFor);
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value;
  };
  follow();
  field.addEventListener("input", follow);
  picker.addEventListener("input", () => (field.value = picker.value));
  picker.hidden = false;
}
