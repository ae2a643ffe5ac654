// Shows a drawing that the server made: fetched as XML, so that nothing in it can run, and put into the page.
const hint = (parent) => {
  const tip = document.createElement("p");
  tip.className = "or-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  const say = (event) => {
    const mark = event.target.closest?.(".or-mark, .or-bin");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.getAttribute("aria-label");
    const [at, room] = [mark.getBoundingClientRect(), parent.getBoundingClientRect()];
    tip.style.top = `${at.bottom - room.top + 6}px`;
    const middle = Math.max(at.left, room.left) / 2 + Math.min(at.right, room.right) / 2 - room.left;
    tip.style.left = `${Math.min(Math.max(middle, 150), room.width - 150)}px`;
  };
  parent.addEventListener("pointerover", say);
  parent.addEventListener("pointerleave", () => { tip.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  return tip;
};

const chosen = (parent) => {
  const slug = parent.dataset.picked;
  for (const mark of parent.querySelectorAll(".or-mark")) {
    const event = new URL(mark.getAttribute("href"), location.href).searchParams.get("event");
    mark.classList.toggle("or-picked", Boolean(slug) && event === slug);
  }
};

// Links keep the rest of the address as it is now: filters are the drawing's own, view and lanes the page's.
const drawn = async (address, name) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const found = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (found.localName !== "svg") throw new Error("no drawing");
  found.setAttribute("aria-label", name);
  for (const mark of found.querySelectorAll("a")) mark.setAttribute("tabindex", "-1");
  return document.importNode(found, true);
};

// The equivalent of a chart of bars: their numbers as a table, of what the bars themselves say, when it is opened.
const cell = (row, kind, content) => {
  const made = document.createElement(kind);
  made.append(content);
  row.append(made);
};

const link = (bar, text) => {
  const made = document.createElement("a");
  made.href = bar.getAttribute("href");
  made.setAttribute("aria-label", bar.getAttribute("aria-label"));
  made.textContent = text;
  return made;
};

const table = (found, first) => {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const title of [first, "When", "Events"]) cell(head, "th", title);
  const body = made.createTBody();
  for (const bar of found.querySelectorAll(".or-bin")) {
    const lane = bar.parentElement.getAttribute("aria-label").replace(/ \([\d,]+\)$/, "");
    const [, when, many] = bar.getAttribute("aria-label").slice(lane.length + 2).match(/^(.*): (.*)$/s);
    const row = body.insertRow();
    cell(row, "td", lane);
    cell(row, "td", bar.hasAttribute("href") ? link(bar, when) : when);
    cell(row, "td", many);
  }
  return made;
};

const numbers = (found, first) => {
  const [made, title, room] = ["details", "summary", "div"].map((name) => document.createElement(name));
  made.className = "or-numbers";
  title.textContent = "The numbers of the chart as a table";
  room.className = "or-table";
  made.append(title, room);
  made.addEventListener("toggle", () => { if (!room.firstChild) room.append(table(found, first)); });
  return made;
};

const asked = new WeakMap(); // element → the address that it is to show, and the work that puts its drawing there

// A drawing that comes late changes nothing where another is wanted by then; one that failed is tried again.
const put = async (parent, { address, name, lanes }, work) => {
  let found;
  try {
    found = await drawn(address, name);
  } catch (error) {
    if (asked.get(parent) !== work) return;
    asked.delete(parent);
    throw error;
  }
  if (asked.get(parent) !== work) return;
  parent.replaceChildren(found, parent.querySelector(".or-tip") ?? hint(parent));
  if (found.querySelector(".or-bin")) parent.append(numbers(found, lanes));
  parent.dataset.drawn = address;
};

export default async function ({ parentElement, data }) {
  parentElement.classList.add("or-drawing");
  parentElement.dataset.picked = data.chosen; // what is chosen by the time that the drawing is there
  if (asked.get(parentElement)?.address !== data.address) {
    const work = { address: data.address };
    asked.set(parentElement, work);
    work.done = put(parentElement, data, work);
  }
  await asked.get(parentElement).done;
  chosen(parentElement);
}
