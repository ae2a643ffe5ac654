// The search field of the head as a combobox (WAI-ARIA 1.2, APG "editable combobox with list autocomplete").
// Without this script it is a plain form. Listeners stand on the document, so that it does not matter when the
// app draws its head anew. What the server answers becomes text, never markup.

const FIELD = ".or-search input[type=search]";
const ROWS = 8;
const PAUSE = 120; // milliseconds after the last key
const LONGEST = 200; // characters, as the server takes
const NOUNS = { actor: "Actor", document: "Document", instrument: "Document", event: "Event", statement: "Printed words" };

let waiting = 0; // the timer of the question that will be asked next
let asking = null; // what ends the question that was asked last

const listOf = (field) => field.form.querySelector("[role=listbox]");
const options = (field) => [...(listOf(field)?.querySelectorAll("[role=option]") ?? [])];
const active = (field) => options(field).find((option) => option.getAttribute("aria-selected") === "true");

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// As on the pages: a character that cannot be seen, or that reorders its neighbours, is written out.
function visible(text) {
  const written = (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, written);
}

// Only addresses on this server are followed.
function inside(address) {
  return typeof address === "string" && /^\/(?![/\\])/.test(address) ? address : null;
}

function upgrade(field) {
  if (field.getAttribute("role") === "combobox") return;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-expanded", "false");
  field.form.append(element("span", { class: "or-unseen", role: "status", "aria-live": "polite" }));
}

function tell(field, text) {
  const status = field.form.querySelector("[role=status]");
  if (status) status.textContent = text;
}

// Ends the question that waits and the one under way: what is shown stays until the next key.
function stop() {
  window.clearTimeout(waiting);
  asking?.abort();
}

function close(field) {
  stop();
  clear(field);
}

// Takes away what is shown; what will be asked next is asked all the same.
function clear(field) {
  listOf(field)?.remove();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-controls");
  field.removeAttribute("aria-activedescendant");
}

function option(number, address, ...children) {
  const attributes = { role: "option", id: `or-suggestion-${number}`, "aria-selected": "false", "data-address": address };
  return element("li", attributes, ...children);
}

function lineOf(row, number) {
  const address = inside(row.address) ?? `/id/${encodeURIComponent(row.noun)}/${encodeURIComponent(row.slug)}`;
  const label = element("span", { class: "or-suggested" }, visible(row.label));
  const noun = element("span", { class: "or-noun" }, NOUNS[row.noun] ?? row.noun);
  const printed = row.noun === "statement";
  const words = visible(row.matched);
  const matched = element("span", { class: printed ? "or-matched or-words" : "or-matched" }, printed ? `“${words}”` : words);
  return option(number, address, label, noun, ...(row.matched === row.label ? [] : [matched]));
}

function open(field, answer) {
  clear(field);
  const lines = answer.rows.map(lineOf);
  tell(field, answer.total ? `${answer.total} ${answer.total === 1 ? "suggestion" : "suggestions"}` : "No suggestions");
  if (!lines.length) return;
  const every = `${field.form.action}?q=${encodeURIComponent(answer.query)}`;
  const text = answer.total > lines.length
    ? `${lines.length} of ${answer.total} shown: search for “${answer.query}” everywhere`
    : `Search for “${answer.query}” everywhere`;
  lines.push(option(lines.length, new URL(every, location.href).pathname + new URL(every, location.href).search, text));
  lines.at(-1).classList.add("or-every");
  field.form.append(element("ul", { role: "listbox", id: "or-suggestions", "aria-label": "Suggestions" }, ...lines));
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", "or-suggestions");
}

async function ask(field) {
  stop();
  asking = new AbortController();
  const [query, { signal }] = [field.value, asking];
  const answer = await answered(query, signal);
  // An answer that comes late must not touch what was typed since, nor the question that waits for it.
  if (signal.aborted || field.value !== query || document.activeElement !== field) return;
  if (answer) open(field, answer);
  else clear(field);
}

// What the server suggests; nothing where it can't be asked, since the form itself still searches.
async function answered(query, signal) {
  try {
    const address = `/api/suggest?q=${encodeURIComponent(query)}&limit=${ROWS}`;
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function choose(field, chosen) {
  for (const each of options(field)) each.setAttribute("aria-selected", String(each === chosen));
  if (!chosen) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function move(field, step) {
  const every = options(field);
  if (!every.length) return ask(field);
  stop();
  const at = every.indexOf(active(field)) + step;
  choose(field, at === -1 || at === every.length ? null : every.at(at < -1 ? -1 : at));
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(FIELD)) upgrade(target);
});
document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.(FIELD)) close(target);
});
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(FIELD)) return;
  upgrade(target);
  window.clearTimeout(waiting);
  choose(target, null);
  if (!target.value.trim() || target.value.length > LONGEST) return close(target);
  waiting = window.setTimeout(() => ask(target), PAUSE);
});
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.(FIELD) || event.isComposing) return;
  const shown = options(field).length > 0;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!shown && !field.value.trim()) return;
    event.preventDefault();
    move(field, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    if (shown) event.preventDefault(); // else the browser empties the field
    close(field);
    tell(field, "");
  } else if (event.key === "Enter" && active(field)) {
    event.preventDefault();
    location.assign(active(field).dataset.address);
  }
});
// A press on a suggestion must not take the focus from the field before the click arrives, nor may an answer then
// take the suggestion away.
const pressed = ({ target }) => target.closest?.(".or-search [role=listbox]");
document.addEventListener("pointerdown", (event) => { if (pressed(event)) stop(); });
document.addEventListener("mousedown", (event) => { if (pressed(event)) event.preventDefault(); });
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest?.(".or-search [role=option]");
  if (chosen) location.assign(chosen.dataset.address);
});
// A reader may have begun before this script arrived.
const begun = document.activeElement;
if (begun?.matches(FIELD)) {
  upgrade(begun);
  if (begun.value.trim() && begun.value.length <= LONGEST) ask(begun);
}
