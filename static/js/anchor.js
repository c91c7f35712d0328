// A link to a finding opens everything around it, also in browsers that do not do so themselves.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", reveal);
if (location.hash) reveal();
