// What was typed and is not saved yet, kept in this browser: by person and proposal, and by address of the field.
const LONGEST = 30 * 24 * 60 * 60 * 1000;

export class Kept {
  constructor(name) {
    this.name = `cbm-draft:${name}`;
  }

  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? "{}");
      const fresh = Object.entries(kept).filter(([, { at }]) => Date.now() - at < LONGEST);
      return Object.fromEntries(fresh);
    } catch {
      return {};
    }
  }

  // "left": the page was closed while it was on its way to the server.
  put(address, field, base, left = false) {
    const kept = this.all();
    kept[address] = { ...field, base: kept[address]?.base ?? base, at: Date.now(), left };
    this.#write(kept);
  }

  drop(address) {
    const kept = this.all();
    delete kept[address];
    this.#write(kept);
  }

  clear() {
    this.#write({});
  }

  #write(kept) {
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.name, JSON.stringify(kept));
      else localStorage.removeItem(this.name);
    } catch {
      // A browser that keeps nothing, or is full, still saves to the server.
    }
  }
}
