// Links to another state of this page are followed without loading the page anew. They stay links: a new tab,
// a copied address and a browser without this script, or without its server, work as they would.
const inPlace = (event) =>
  !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
const connected = () => document.querySelector('[data-test-connection-state="CONNECTED"]');

// The state that a link was written in: each part of a page, and each drawing, says its own. A drawing does not
// depend on what is chosen nor on the page of the list, and its links that narrow the search drop both.
const written = (link) => {
  const part = link.closest("[data-drawn], [data-state]")?.dataset ?? {};
  const now = new URLSearchParams(location.search);
  if (!part.drawn) return new URLSearchParams(part.state ?? now);
  const drawn = new URLSearchParams(part.drawn.replace(/^.*\?/, ""));
  for (const name of ["event", "page"]) if (now.has(name)) drawn.set(name, now.get(name));
  return drawn;
};

// What a link changes. A filter may have been set since it was written, and must not be taken back by it, unless
// the link is one to the whole of another state.
const changes = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || link.getAttribute("target")) return null;
  const to = new URL(link.getAttribute("href"), location.href);
  if (to.origin !== location.origin || to.pathname !== location.pathname || to.hash) return null;
  if (link.closest("[data-whole]")) return `?${to.searchParams}`;
  const [from, changed] = [written(link), new URLSearchParams()];
  for (const name of new Set([...from.keys(), ...to.searchParams.keys()])) {
    const [before, after] = [from, to.searchParams].map((state) => state.get(name) ?? "");
    if (before !== after) changed.set(name, after);
  }
  return String(changed);
};

let page = null; // the component as it was drawn last
let left = null; // the element that had the focus when a link was followed
let turned = false; // that link leads to another page of the list, which is not there yet
let acts = []; // numbers and changes of the links that the server has not taken up
let number = 0;

document.addEventListener("click", (event) => {
  const change = page && inPlace(event) && connected() ? changes(event) : null;
  if (change === null) return;
  event.preventDefault();
  left = document.activeElement;
  turned = Boolean(event.target.closest(".or-paging"));
  acts = [...acts, [++number, change]];
  page.setStateValue("followed", acts);
});

const nextTo = (slug) => `.or-list a[href*="event=${CSS.escape(slug)}"], .or-story a[href*="event=${CSS.escape(slug)}"]`;

// Until a run has ended, what it will take away may still stand there beside what is new.
const settled = () =>
  document.querySelector('[data-test-script-state="notRunning"]') && !document.querySelector('[data-stale="true"]');

// Whether the reader is where he was when he followed the link, or nowhere: what he went on to keeps the focus.
const still = (there) => {
  const now = document.activeElement;
  return now === document.body || now === there || Boolean(now?.closest("#chosen"));
};

// What was chosen takes the focus, the list's link takes it back when that is closed, and another page of the
// list is read from its beginning.
const wanted = (chosen, before) => {
  if (chosen) return `#chosen[data-event="${CSS.escape(chosen)}"] h1`;
  return before ? nextTo(before) : "section:is(.or-list, .or-story) > h2";
};

const move = (home, chosen, before, there, tries = 1200) => {
  if (home.dataset.chosen !== chosen || !still(there)) return;
  const found = (chosen || settled()) && document.querySelector(wanted(chosen, before));
  if (!found && tries && (chosen || !settled())) return void setTimeout(() => move(home, chosen, before, there, tries - 1), 50);
  if (!found) return;
  const heading = found.matches("h1, h2");
  if (heading) found.setAttribute("tabindex", "-1");
  found.focus({ preventScroll: true });
  (chosen ? found.closest("#chosen") : found).scrollIntoView({ block: heading ? "start" : "center" });
};

export default function ({ parentElement, data, setStateValue }) {
  const drawn = { setStateValue };
  page = drawn;
  acts = acts.filter(([each]) => each > data.taken);
  const { chosen: before, page: shown } = parentElement.dataset;
  Object.assign(parentElement.dataset, { chosen: data.chosen, page: data.page });
  const other = turned && shown !== data.page;
  if (other) turned = false;
  if (before !== undefined && (other || before !== data.chosen)) move(parentElement, data.chosen, other ? "" : before, left);
  return () => { if (page === drawn) page = null; };
}
