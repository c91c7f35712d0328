// The map above the table of the library: the same cases, from the rows and from the places that the page brings along.
// It follows the results that htmx swaps in. Without this module the table is the whole view.
const CLOSEST = 6;
const ANTARCTICA = "010";
const still = matchMedia("(prefers-reduced-motion: reduce)");
let loaded = null;
let shown = null;

// A country across the date line goes on beyond 180 degrees instead of jumping to the other edge.
function unbroken(country) {
  const { type, coordinates } = country.geometry;
  const ring = (points) => {
    let [before] = points[0];
    return points.map(([east, north]) => {
      while (east - before > 180) east -= 360;
      while (before - east > 180) east += 360;
      before = east;
      return [east, north];
    });
  };
  const polygons = (type === "Polygon" ? [coordinates] : coordinates).map((rings) => rings.map(ring));
  return { ...country, geometry: { type: "MultiPolygon", coordinates: polygons } };
}

// The page names every file, for their addresses carry a digest.
function load({ leaflet, topojson, shapes, markers }) {
  loaded ??= Promise.all([fetch(shapes).then((answer) => answer.json()), import(markers), import(leaflet), import(topojson)]).then(([land, { markersOf }]) => ({
    countries: window.topojson.feature(land, land.objects.countries).features.filter(({ id }) => id !== ANTARCTICA).map(unbroken),
    markersOf,
  }));
  return loaded;
}

function quiet(map) {
  const pan = map.panBy;
  map.panBy = (by, options) => pan.call(map, by, { ...options, animate: !still.matches });
}

function drawMap(element, countries, shapes) {
  const L = window.L;
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    minZoom: 0,
    maxZoom: CLOSEST,
    maxBounds: [[-75, -200], [85, 200]],
    zoomAnimation: !still.matches,
    fadeAnimation: false,
    markerZoomAnimation: !still.matches,
    inertia: !still.matches,
    renderer: L.svg({ padding: 1 }),
  });
  quiet(map);
  const tinted = new Set(shapes);
  const className = ({ id, properties }) => (tinted.has(id ?? properties.name) ? "map-land map-found-land" : "map-land");
  L.geoJSON(countries, { interactive: false, style: (feature) => ({ className: className(feature) }) }).addTo(map);
  return map;
}

function addButtons(map, element, fit) {
  const { zoomIn, zoomOut, fit: fitAll } = element.dataset;
  const bar = document.createElement("div");
  bar.className = "map-buttons";
  const choices = [["+", zoomIn, () => map.zoomIn(1)], ["−", zoomOut, () => map.zoomOut(1)], ["⤢", fitAll, fit]];
  for (const [sign, label, act] of choices) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  element.before(bar);
}

async function show(view) {
  const current = { view, map: null };
  shown = current;
  const { places, shapes } = JSON.parse(view.querySelector("#map-places").textContent);
  const { countries, markersOf } = await load(view.dataset);
  if (shown !== current || !view.isConnected) return;
  const element = view.querySelector(".map");
  view.dataset.ready = "";
  current.map = drawMap(element, countries, shapes);
  const bounds = window.L.latLngBounds(places.map(([latitude, longitude]) => [latitude, longitude]));
  const fit = () => current.map.fitBounds(bounds, { padding: [32, 32], maxZoom: 4, animate: !still.matches });
  current.map.fitBounds(bounds, { padding: [32, 32], maxZoom: 4, animate: false });
  addButtons(current.map, element, fit);
  markersOf(view, current.map, places);
}

function follow() {
  const view = document.querySelector("[data-library-map]");
  if (view === shown?.view) return;
  shown?.map?.remove();
  shown = null;
  if (view) show(view).catch(() => { view.dataset.failed = ""; });
}

for (const event of ["htmx:afterSwap", "htmx:afterSettle", "htmx:historyRestore"]) document.addEventListener(event, follow);
follow();
