// Markers of the map: places that would touch at this zoom share one, with a count. Enter or a click tells of the cases.
const REACH = 30;

// The places in the order of the table, so that Tab goes through the markers as through the rows.
function inOrder(rows, places) {
  const order = new Set(rows.map((row) => Number(row.dataset.place)));
  for (const index of places.keys()) order.add(index);
  return [...order].map((index) => ({ index, at: places[index].slice(0, 2), number: places[index][2] }));
}

function grouped(map, places) {
  const groups = [];
  for (const place of places) {
    const point = map.project(place.at);
    const near = groups.find((group) => group.point.distanceTo(point) < REACH);
    if (near) near.places.push(place);
    else groups.push({ point, places: [place] });
  }
  return groups.map(({ places: those }) => ({
    indices: new Set(those.map((place) => place.index)),
    number: those.reduce((sum, place) => sum + place.number, 0),
    at: [0, 1].map((axis) => those.reduce((sum, place) => sum + place.at[axis] * place.number, 0)),
  })).map((group) => ({ ...group, at: group.at.map((sum) => sum / group.number) }));
}

function labelOf(rows, group, here) {
  const titles = rows.map((row) => row.querySelector("a").textContent);
  if (group.number === 1 && rows.length) return [titles[0], ...[1, 2].map((cell) => rows[0].cells[cell].textContent)].join(", ");
  return [`${here}: ${group.number}`, ...titles].join(". ");
}

function entryOf(row, level) {
  const entry = document.createElement("article");
  const heading = document.createElement(level);
  heading.append(row.querySelector("a").cloneNode(true));
  const when = Object.assign(document.createElement("p"), { className: "small quiet" });
  when.textContent = `${row.cells[2].textContent} · ${row.cells[1].textContent}`;
  entry.append(heading, when, row.querySelector("ul").cloneNode(true));
  return entry;
}

export function markersOf(view, map, places) {
  const L = window.L;
  const rows = [...view.querySelectorAll("tr[data-place]")];
  const panel = view.querySelector(".map-panel");
  const { here } = view.querySelector(".map").dataset;
  const ordered = inOrder(rows, places);
  const layer = L.layerGroup().addTo(map);
  let markers = [];
  let opened = null;

  const rowsOf = (group) => rows.filter((row) => group.indices.has(Number(row.dataset.place)));
  const markerOf = (index) => markers.find(({ group }) => group.indices.has(index));
  const light = (index, on) => markerOf(index)?.marker.getElement().classList.toggle("is-lit", on);

  function close() {
    if (panel.hidden) return;
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = true;
    for (const row of rows) row.classList.remove("is-lit");
    for (const { marker } of markers) marker.getElement().setAttribute("aria-expanded", "false");
    if (hadFocus) markerOf(opened)?.marker.getElement().focus();
    opened = null;
  }

  function open(group, element) {
    close();
    const those = rowsOf(group);
    const isOne = group.number === 1 && those.length === 1;
    const found = panel.querySelector(".map-found");
    const count = Object.assign(document.createElement("h3"), { textContent: `${here}: ${group.number}` });
    const entries = those.map((row) => entryOf(row, isOne ? "h3" : "h4"));
    found.replaceChildren(...(isOne ? [] : [count]), ...entries);
    panel.querySelector(".map-more").hidden = those.length === group.number;
    panel.setAttribute("aria-label", found.querySelector("h3").textContent);
    for (const row of those) row.classList.add("is-lit");
    [opened] = group.indices;
    element.setAttribute("aria-expanded", "true");
    // Beside the marker, not above it.
    panel.classList.toggle("is-first", map.latLngToContainerPoint(group.at).x > map.getSize().x / 2);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
    if (panel.getBoundingClientRect().bottom > innerHeight) panel.scrollIntoView({ block: "nearest" });
  }

  function markerFor(group) {
    const isOne = group.number === 1;
    const text = Object.assign(document.createElement("span"), { textContent: isOne ? "" : String(group.number) });
    const icon = L.divIcon({ className: isOne ? "pin" : "pin pin-many", html: text, iconSize: [28, 28] });
    const marker = L.marker(group.at, { icon, riseOnHover: true, title: labelOf(rowsOf(group), group, here) });
    marker.addTo(layer);
    const element = marker.getElement();
    element.setAttribute("aria-label", marker.options.title);
    element.setAttribute("aria-haspopup", "dialog");
    element.setAttribute("aria-expanded", String(group.indices.has(opened)));
    marker.on("click", () => open(group, element));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      open(group, element);
    });
    return { group, marker };
  }

  function redraw() {
    const focused = markers.find(({ marker }) => marker.getElement() === document.activeElement);
    layer.clearLayers();
    markers = grouped(map, ordered).map(markerFor);
    if (focused) markerOf([...focused.group.indices][0]).marker.getElement().focus();
  }

  map.on("zoomend", redraw);
  map.on("click", close);
  panel.querySelector(".map-close").addEventListener("click", close);
  view.querySelector(".map-frame").addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  for (const row of rows) {
    const index = Number(row.dataset.place);
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, () => light(index, true));
    for (const event of ["mouseleave", "focusout"]) row.addEventListener(event, () => light(index, false));
  }
  redraw();
}
