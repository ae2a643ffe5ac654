// Links to another state of this page are followed without loading the page anew. They stay links: a new tab,
// a copied address and a browser without this script work as they would.
const inPlace = (event) =>
  !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

// The state that a link was written in: each part of a page, and each drawing, says its own.
const written = (link) => {
  const part = link.closest("[data-drawn], [data-state]")?.dataset ?? {};
  return new URLSearchParams(part.drawn?.replace(/^.*\?/, "") ?? part.state ?? location.search);
};

// What a link changes. A filter may have been set since it was written, and must not be taken back by it.
const changes = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.hasAttribute("download") || link.getAttribute("target")) return null;
  const to = new URL(link.getAttribute("href"), location.href);
  if (to.origin !== location.origin || to.pathname !== location.pathname || to.hash) return null;
  const [from, changed] = [written(link), new URLSearchParams()];
  for (const name of new Set([...from.keys(), ...to.searchParams.keys()])) {
    const [before, after] = [from, to.searchParams].map((state) => state.get(name) ?? "");
    if (before !== after) changed.set(name, after);
  }
  return changed;
};

const nextTo = (slug) => `.or-list a[href*="event=${CSS.escape(slug)}"], .or-story a[href*="event=${CSS.escape(slug)}"]`;

// Until a run has ended, what it will take away may still stand there beside what is new.
const settled = () =>
  document.querySelector('[data-test-script-state="notRunning"]') && !document.querySelector('[data-stale="true"]');

// What was chosen takes the focus, and the list's link takes it back when that is closed: unless another was chosen
// meanwhile, or the reader has gone on to something else.
const move = (home, chosen, before, left = document.activeElement, tries = 1200) => {
  if (home.dataset.chosen !== chosen || ![left, document.body].includes(document.activeElement)) return;
  const found = chosen
    ? document.querySelector(`#chosen[data-event="${CSS.escape(chosen)}"] h1`)
    : settled() && document.querySelector(nextTo(before));
  if (!found && tries) return void setTimeout(() => move(home, chosen, before, left, tries - 1), 50);
  if (!found) return;
  if (chosen) found.setAttribute("tabindex", "-1");
  found.focus({ preventScroll: true });
  (chosen ? found.closest("#chosen") : found).scrollIntoView({ block: chosen ? "start" : "center" });
};

export default function ({ parentElement, data, setTriggerValue }) {
  const before = parentElement.dataset.chosen;
  parentElement.dataset.chosen = data.chosen;
  if (before !== undefined && before !== data.chosen) move(parentElement, data.chosen, before);
  const follow = (event) => {
    const changed = inPlace(event) ? changes(event) : null;
    if (changed === null) return;
    event.preventDefault();
    setTriggerValue("to", `${changed}#${Date.now()}`);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
