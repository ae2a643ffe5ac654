// Links to files that follow what the page shows. Each says up to which act of the reader the server had heard when it
// wrote the link, and so does the end of the page. Where the reader did more since (typed a date and pressed the link
// at once), the press waits until the link is written anew, and the file is the one that the link leads to then.
// Without this script they are plain links.
const ACTS = ["change", "click", "input", "keydown", "pointerdown", "popstate"];
const OURS = "[data-file]"; // what takes something along: the links, and buttons of the picture
const SENT = 300; // milliseconds after which a field has sent its value: a slider waits 200 for another
const WAITS = "One moment: the page does not show yet what was asked for last.";
const GONE = "The page as it is now has no such file. Nothing was saved.";

let acts = 0; // what the reader did on this page until now
let ask = null; // asks the server to say up to which act it has heard
let held = 0; // presses that wait
let followed = null; // the link that a press waited for, while it is followed

const pause = (time) => new Promise((done) => setTimeout(done, time));

const said = document.createElement("p");
said.className = "or-file-said";
said.setAttribute("role", "status");

// What a selector finds, as the server wrote it when it had heard all of this.
const written = (selector, upTo) =>
  [...document.querySelectorAll(selector)].find((part) => Number(part.dataset.heard) >= upTo) ?? null;

// Without a line to the server the page shows what it did before, and its links are those of what it shows.
const connected = () => document.querySelector('[data-test-connection-state="CONNECTED"]');

const ended = (upTo) => written("[data-end]", upTo);

// Waits for what is found of a selector after all that the reader did until now; null where it is gone by then.
async function fresh(selector) {
  const upTo = acts;
  if (written(selector, upTo)) return written(selector, upTo);
  held += 1;
  said.textContent = WAITS;
  await pause(SENT);
  for (let asked = false; connected() && !written(selector, upTo) && !ended(upTo); await pause(50)) {
    if (!asked) ask?.(upTo);
    asked = Boolean(ask);
  }
  held -= 1;
  if (!held) said.textContent = "";
  return connected() ? written(selector, upTo) : document.querySelector(selector);
}

// The link to a file as it is after all that the reader did; where it is gone, the reader is told.
export async function link(name) {
  const found = await fresh(`a[data-file="${CSS.escape(name)}"]`);
  if (!found) said.textContent = GONE;
  return found;
}

// The address of the page after all that the reader did.
export async function address() {
  await fresh("[data-end]");
  return location.href;
}

// Words that are shown change nothing, but for links among them; nor do keys that find nothing to do.
const idle = ({ type, target }) => {
  if (type === "popstate") return false;
  const words = target === document.body || target.closest?.(".stHtml");
  return words && !(type === "click" && target.closest("a[href]"));
};

const act = (event) => {
  if (event.target.closest?.(OURS)) return;
  if (said.textContent === GONE) said.textContent = "";
  if (!idle(event)) acts += 1;
};
for (const name of ACTS) window.addEventListener(name, act, true);

document.addEventListener("click", async (event) => {
  const pressed = event.target.closest?.("a[data-file]");
  if (!pressed || event.defaultPrevented || pressed === followed || Number(pressed.dataset.heard) >= acts) return;
  event.preventDefault();
  pressed.focus({ preventScroll: true }); // a touch may leave it in the field, which sends its value when it loses it
  const found = await link(pressed.dataset.file);
  if (!found) return;
  if (document.activeElement === document.body) found.focus({ preventScroll: true });
  followed = found;
  found.click();
  followed = null;
});

export default function ({ parentElement, setTriggerValue }) {
  parentElement.append(said);
  ask = (upTo) => setTriggerValue("asked", String(upTo));
}
