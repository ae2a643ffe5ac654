// Buttons that copy: `data-copy` holds the text, percent-encoded, so that no sanitiser touches it.
// The result is told politely beside the button; where the browser refuses, the text is shown, and selected unless
// the reader has gone on meanwhile.

function beside(button, selector, make) {
  const found = button.parentElement.querySelector(selector);
  if (found) return found;
  const made = make();
  button.parentElement.append(made);
  return made;
}

function tell(button, text) {
  const status = beside(button, ".or-copied", () => {
    const made = document.createElement("span");
    made.className = "or-copied";
    made.setAttribute("role", "status");
    return made;
  });
  status.textContent = "";
  window.setTimeout(() => { status.textContent = text; }, 30); // a reader is told of the same word twice, too
}

function offer(button, text) {
  const field = beside(button, ".or-to-copy", () => {
    const made = document.createElement("textarea");
    made.className = "or-to-copy";
    made.readOnly = true;
    made.rows = 5;
    made.setAttribute("aria-label", "Text to copy");
    return made;
  });
  field.value = text;
  const here = [button, field, document.body].includes(document.activeElement);
  if (here) {
    field.focus();
    field.select();
  }
  const how = here ? "The text is selected: copy it with Ctrl+C or ⌘C." : "The text stands here, to be copied by hand.";
  tell(button, `The browser does not let the page copy. ${how}`);
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-copy]");
  if (!button) return;
  const text = decodeURIComponent(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text);
    tell(button, "Copied");
  } catch {
    offer(button, text);
  }
});
// Until now a press would have done nothing: the style sheet shows the buttons from here on.
document.documentElement.dataset.orCopy = "";
