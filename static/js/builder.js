// The builder saves a field when it is left. What the server has not confirmed stays in the browser.
//
// The base of a save is the version that the page shows, so it moves on only with what others changed, be it in fields or
// with the page anew; a field that is being typed in keeps the version that it began from. That is how the server finds out
// who wrote over whom.
import { Kept } from "./builder-kept.js";
import { watchRows } from "./builder-rows.js";

const AFTER_LEAVING = 40;
const AFTER_TYPING = 250;
const RETRY_FIRST = 2000;
const RETRY_LONGEST = 30000;

const formOf = () => document.getElementById("builder-form");
const kept = new Kept(document.getElementById("builder").dataset.kept);
const dirty = new Map(); // address -> the version that the person saw when they began to type
const disputed = new Set(); // addresses that wait for a choice
let inFlight = null; // what was sent, address -> values as text
let hasFailed = false;
let timer = 0;
let retryIn = RETRY_FIRST;

const controlsOf = (address) => [...formOf().elements].filter((control) => control.name === address);
const isAddress = (name) => name?.startsWith("/");
const version = () => Number(formOf().elements.namedItem("version").value);

const isBox = (type) => ["checkbox", "radio"].includes(type);

// What a form sends of a field.
function valuesOf(address) {
  const carried = controlsOf(address).filter(({ type, checked }) => !isBox(type) || checked);
  return carried.map(({ value }) => value);
}

// What a field shows: the boxes that are ticked, and what stands in its other controls, in their order.
function shownIn(address) {
  const ticked = [];
  const typed = [];
  for (const { type, checked, value } of controlsOf(address)) {
    if (!isBox(type)) typed.push(value);
    else if (checked) ticked.push(value);
  }
  return { ticked, typed, values: valuesOf(address) };
}

function fill(address, { ticked, typed }) {
  const rest = [...typed];
  for (const control of controlsOf(address)) {
    if (isBox(control.type)) control.checked = ticked.includes(control.value);
    else control.value = rest.shift() ?? "";
  }
}

// --- the state, in a word ------------------------------------------------------------------------------------------

function say(state) {
  const line = document.getElementById("builder-state");
  const words = document.getElementById("builder").dataset[`say${state}`];
  if (!line || !words || line.dataset.state === state) return;
  line.dataset.state = state;
  line.textContent = words;
}

// --- typing, leaving, saving ---------------------------------------------------------------------------------------

function touched(address) {
  if (!dirty.has(address)) dirty.set(address, version());
  disputed.delete(address);
  kept.put(address, shownIn(address), dirty.get(address));
  if (!inFlight) say("Typing");
}

let typing = 0;
document.addEventListener("input", ({ target }) => {
  if (target.form !== formOf() || !isAddress(target.name)) return;
  if (!dirty.has(target.name)) dirty.set(target.name, version());
  clearTimeout(typing);
  typing = setTimeout(() => touched(target.name), AFTER_TYPING);
  say("Typing");
});

document.addEventListener("change", ({ target }) => {
  if (target.form !== formOf() || !isAddress(target.name)) return;
  clearTimeout(typing);
  touched(target.name);
  flushSoon(AFTER_LEAVING);
});

document.addEventListener("focusout", ({ target }) => {
  if (target.form === formOf() && dirty.has(target.name)) flushSoon(AFTER_LEAVING);
});

function flushSoon(wait) {
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
}

function flush() {
  if (inFlight) return;
  const waiting = [...dirty].filter(([address]) => !disputed.has(address));
  if (!waiting.length) return;
  const base = Math.min(...waiting.map(([, seen]) => seen));
  const sent = waiting.filter(([, seen]) => seen === base).map(([address]) => address);
  inFlight = { base, sent: new Map(sent.map((address) => [address, JSON.stringify(valuesOf(address))])) };
  say("Saving");
  htmx.trigger(formOf(), "builder:save");
}

// A button sends the whole form. What is typed before its answer is there stands in no request yet.
let sentWhole = new Map();
let typedSince = new Map();
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== formOf() || detail.triggeringEvent?.type !== "submit") return;
  clearTimeout(timer);
  detail.formData.set("version", Math.min(version(), ...dirty.values()));
  sentWhole = new Map([...dirty.keys()].map((address) => [address, JSON.stringify(valuesOf(address))]));
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== formOf() || detail.triggeringEvent?.type !== "builder:save" || !inFlight) return;
  const { formData } = detail;
  for (const name of [...formData.keys()]) if (isAddress(name)) formData.delete(name);
  formData.delete("field");
  formData.set("version", inFlight.base);
  for (const address of inFlight.sent.keys()) {
    formData.append("field", address);
    for (const value of valuesOf(address)) formData.append(address, value);
  }
});

// --- what the server answers ---------------------------------------------------------------------------------------

const isOurs = (detail) => detail.elt?.id === "builder-form" || detail.elt?.form?.id === "builder-form";

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (!isOurs(detail) && detail.elt?.id !== "builder-presence") return;
  const asked = new URL(detail.pathInfo.finalRequestPath ?? detail.pathInfo.requestPath, location.href);
  if (new URL(detail.xhr.responseURL || asked, location.href).pathname !== asked.pathname) {
    event.detail.shouldSwap = false; // led to the sign-in
    event.stopImmediatePropagation();
    failed("SignedOut");
    return;
  }
  if (!isOurs(detail) || detail.xhr.getResponseHeader("X-Draft") !== "whole") return;
  remember();
  const since = [...dirty.keys()].map((address) => [address, shownIn(address)]);
  typedSince = new Map(since.filter(([address, { values }]) => sentWhole.get(address) !== JSON.stringify(values)));
});

document.addEventListener("builder:saved", ({ detail }) => {
  const { accepted, conflicts, version: now, reload: anew } = detail;
  const sent = inFlight?.sent ?? new Map();
  inFlight = null;
  hasFailed = false;
  retryIn = RETRY_FIRST;
  for (const address of conflicts) disputed.add(address);
  for (const address of accepted) {
    if (sent.get(address) !== JSON.stringify(valuesOf(address))) continue; // typed on meanwhile
    dirty.delete(address);
    kept.drop(address);
  }
  if (!anew) {
    takeOver();
    formOf().elements.namedItem("version").value = now;
  }
  if (goOn()) return;
  if (disputed.size) say("Disputed");
  else if (dirty.size) flushSoon(AFTER_LEAVING);
  else if (anew || isDue) reload();
});

// What others wrote in fields meanwhile appears in them; what is being typed here keeps the version that it began from.
function takeOver() {
  for (const { dataset, children } of document.querySelectorAll("#builder-theirs > [data-at]")) {
    if (dirty.has(dataset.at) || disputed.has(dataset.at)) continue;
    const said = (tag) => [...children].filter(({ localName }) => localName === tag).map((each) => each.textContent);
    fill(dataset.at, { ticked: said("b"), typed: said("span") });
  }
}

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(trouble, ({ detail }) => {
    if (!isOurs(detail)) return;
    const { status = 0 } = detail.xhr ?? {};
    if (status === 403) failed("Forbidden");
    else if (status >= 400 && status < 500) failed("Refused");
    else failed("Offline", true);
  });
}

function failed(state, again = false) {
  inFlight = null;
  hasFailed = true;
  goingTo = "";
  say(state);
  if (state === "SignedOut") document.getElementById("builder-signed-out").hidden = false;
  if (!again) return;
  clearTimeout(timer);
  timer = setTimeout(flush, retryIn);
  retryIn = Math.min(2 * retryIn, RETRY_LONGEST);
}

addEventListener("online", () => flushSoon(0));
addEventListener("offline", () => dirty.size && say("Offline"));

// --- the page anew, when others changed something ------------------------------------------------------------------

let openFolds = [];
let isDue = false; // when what is under way has been saved

const foldsIn = (where) => [...document.querySelectorAll(`${where} details[id][open]`)].map(({ id }) => id);

function unfold(ids) {
  for (const id of ids ?? []) document.getElementById(id)?.setAttribute("open", "");
}

function remember() {
  openFolds = foldsIn("#builder-work");
}

function reload() {
  isDue = Boolean(dirty.size || inFlight);
  if (isDue) return;
  remember();
  htmx.ajax("GET", location.pathname + location.search, {
    target: "#builder-work", select: "#builder-work", swap: "outerHTML show:none",
  });
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { detail } = event;
  if (detail.target?.id === "builder-work" && detail.requestConfig.verb === "get" && dirty.size) event.preventDefault();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id !== "builder-work") return;
  disputed.clear();
  unfold(openFolds);
  inFlight = null;
  // What the button sent along is saved, but for what waits for a choice, and what was typed since.
  if (detail.requestConfig.verb === "post") {
    for (const [address, field] of typedSince) fill(address, field);
    for (const box of document.querySelectorAll("[data-dispute]")) disputed.add(box.dataset.dispute);
    for (const address of [...dirty.keys()]) {
      if (disputed.has(address) || typedSince.has(address)) continue;
      dirty.delete(address);
      kept.drop(address);
    }
    for (const address of disputed) if (!dirty.has(address)) dirty.set(address, version());
    if (typedSince.size) flushSoon(AFTER_LEAVING);
    if (disputed.size) say("Disputed");
  }
});

document.addEventListener("builder:added", ({ detail }) => {
  const row = document.getElementById(detail.id);
  const first = row?.querySelector("input:not([type=hidden]), textarea, select") ?? row;
  first?.focus();
});

document.addEventListener("builder:newer", () => {
  if (dirty.size || inFlight || disputed.size) return;
  const { activeElement: here } = document;
  if (!here?.form || here.form !== formOf() || !["text", "textarea"].includes(here.type)) reload();
});

// --- choosing between two texts ------------------------------------------------------------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-choose]");
  if (!button) return;
  const { choose, address, seen } = button.dataset;
  disputed.delete(address);
  if (choose === "mine") {
    dirty.set(address, Number(seen));
    kept.drop(address);
    kept.put(address, shownIn(address), Number(seen));
    button.closest("[data-dispute]").remove();
    flushSoon(0);
  } else {
    dirty.delete(address);
    kept.drop(address);
    reload();
    flushSoon(0);
  }
});

// --- what an earlier page could not save ---------------------------------------------------------------------------

function offer() {
  const found = Object.entries(kept.all()).filter(([address, { values }]) => {
    const here = controlsOf(address);
    return !here.length || JSON.stringify(valuesOf(address)) !== JSON.stringify(values);
  });
  const known = new Set(found.map(([address]) => address));
  for (const address of Object.keys(kept.all())) if (!known.has(address)) kept.drop(address);
  const box = document.getElementById("builder-kept");
  const left = found.filter(([, { left }]) => left);
  if (left.length) putBack(left, box);
  if (found.length === left.length || !box) return;
  const list = document.createElement("ul");
  box.firstElementChild.after(list);
  const lost = found.filter(([, { left }]) => !left);
  for (const [, { values }] of lost) {
    const line = document.createElement("li");
    line.textContent = values.join(", ") || box.dataset.emptied;
    list.append(line);
  }
  box.hidden = false;
  box.querySelector("[data-put-back]").addEventListener("click", () => putBack(lost, box));
  box.querySelector("[data-discard]").addEventListener("click", () => {
    kept.clear();
    box.hidden = true;
  });
}

function putBack(found, box) {
  for (const [address, field] of found) {
    if (!controlsOf(address).length) carry(address, field.values);
    else fill(address, field);
    dirty.set(address, field.base);
  }
  box.hidden = true;
  flushSoon(0);
}

// A field of another page is sent from here as it was kept there.
function carry(address, values) {
  for (const value of values.length ? values : [""]) {
    const control = document.createElement("input");
    Object.assign(control, { type: "hidden", name: address, value });
    formOf().append(control);
  }
}

// Whoever leaves the page with a link waits for the save; whoever closes it sends what there is along.
let goingTo = "";
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target || goingTo) return;
  if (!(dirty.size || inFlight) || disputed.size || link.origin !== location.origin) return;
  if (link.pathname === location.pathname && link.hash) return;
  event.preventDefault();
  goingTo = link.href;
  flushSoon(0);
});

function goOn() {
  if (!goingTo || dirty.size) return false;
  location.assign(goingTo);
  return true;
}

addEventListener("pagehide", () => {
  const left = [...dirty].filter(([address]) => !disputed.has(address));
  if (!left.length || hasFailed) return;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "client", "page"]) data.set(name, formOf().elements.namedItem(name).value);
  data.set("version", Math.min(...left.map(([, seen]) => seen)));
  for (const [address, seen] of left) {
    kept.put(address, shownIn(address), seen, true);
    data.append("field", address);
    for (const value of valuesOf(address)) data.append(address, value);
  }
  navigator.sendBeacon(formOf().action, data);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const isText = event.target.matches?.("textarea, input:not([type=checkbox], [type=radio])");
  if (event.key === "s") {
    event.preventDefault();
    for (const address of dirty.keys()) touched(address);
    flushSoon(0);
  } else if ((event.key === "z" || event.key === "Z" || event.key === "y") && !isText) {
    event.preventDefault();
    const name = event.key === "y" || event.shiftKey ? "redo" : "undo";
    document.querySelector(`#builder-form button[value="${name}"]:not(:disabled)`)?.click();
  }
});

watchRows();
offer();
