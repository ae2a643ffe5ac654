// The editor of the Query page. Python gets the text when the query is run, not while it is written.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter } from "@codemirror/lint";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./completion.js";
import { forget, keep, kept } from "./draft.js";
import { fault, pointAt } from "./fault.js";
import { SEEN_TOO } from "./visible.js";

const editors = new Map(); // id → the editor in the page
const faults = new Map(); // id → what is wrong with its query
const left = new Map(); // id of an editor that left the page → its state, with what can be undone

// Called with the text and its surroundings, or with `fault`: what the gateway said, which comes later.
export default function draw({ data, parentElement, setTriggerValue }) {
  if (data.fault) return point(data);
  let editor = editors.get(data.id);
  if (editor?.home !== parentElement) {
    editor?.end();
    editor = new Editor(parentElement, data, left.get(data.id));
    editors.set(data.id, editor);
  }
  editor.send = (text) => setTriggerValue("run", text);
  editor.take(data);
  return () => {
    if (editors.get(data.id) !== editor) return;
    left.set(data.id, { state: editor.view.state, known: editor.known });
    editors.delete(data.id);
    editor.end();
  };
}

function point({ id, fault: found }) {
  faults.set(id, found);
  editors.get(id)?.point();
  return () => {
    faults.delete(id);
    editors.get(id)?.point();
  };
}

class Editor {
  constructor(home, data, before) {
    this.home = home;
    this.data = data;
    this.known = before ? before.known : data.text; // what Python holds
    this.underway = null; // what was sent and has not come back
    this.described = new Compartment();
    this.build(home, data);
    this.view = new EditorView({ parent: this.frame, state: before?.state ?? this.state(data) });
    if (!before) this.restore();
    this.leaving = () => this.remember();
    window.addEventListener("pagehide", this.leaving);
  }

  build(home, data) {
    this.frame = element("div", "or-editor");
    this.help = element("p", "or-editor-help", data.help);
    this.help.id = `${data.id}-help`;
    this.button = element("button", "or-editor-run", data.run);
    this.button.type = "button";
    this.button.addEventListener("click", () => this.run());
    this.status = element("p", "or-editor-status");
    this.status.setAttribute("role", "status");
    const foot = element("div", "or-editor-foot");
    foot.append(this.button, this.status);
    home.replaceChildren(this.frame, foot, this.help);
  }

  state(data) {
    return EditorState.create({
      doc: data.text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => this.run() }])),
        lineNumbers(), lintGutter(), fault, highlightSpecialChars({ addSpecialChars: SEEN_TOO }),
        history(), drawSelection(), highlightActiveLine(), indentOnInput(), indentUnit.of("  "),
        bracketMatching(), closeBrackets(), syntaxHighlighting(classHighlighter), sparql(), completions(data),
        EditorView.lineWrapping,
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab, leaving]),
        EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
        EditorView.updateListener.of((update) => update.docChanged && this.changed(update)),
        EditorView.contentAttributes.of({
          "aria-label": data.label, "aria-describedby": `${data.id}-help`,
          spellcheck: "false", autocapitalize: "off", autocorrect: "off",
        }),
        this.described.of([]),
      ],
    });
  }

  take(data) {
    this.data = data;
    if (data.text !== this.known) {
      this.known = data.text;
      if (data.text === this.underway) this.underway = null;
      else if (data.text !== this.text) {
        this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: data.text }, scrollIntoView: false });
        this.restore();
      }
    }
    if (data.keep) keep(this.text);
    this.point();
    this.told();
  }

  point() {
    const found = faults.get(this.data.id);
    if (found === this.pointed) return;
    this.pointed = found;
    pointAt(this.view, found && this.text === this.known ? found : null);
    const wrong = EditorView.contentAttributes.of({ "aria-invalid": String(Boolean(found)) });
    this.view.dispatch({ effects: this.described.reconfigure(wrong) });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  run() {
    const text = this.text;
    if (this.size(text) > this.data.longest * 1024) return true; // the status says so
    forget();
    this.underway = text === this.known ? null : text;
    this.send(text);
    return true;
  }

  changed(update) {
    if (update.view) update.view.setTabFocusMode(false);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.remember(), 400);
    this.told();
  }

  remember() {
    if (this.text !== this.known && this.text !== this.underway) keep(this.text);
    else if (!this.data.keep) forget();
  }

  // What was written here and never run, after a look at another page; it can be undone.
  restore() {
    const draft = kept();
    if (draft === null || draft === this.text) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: draft } });
  }

  size(text) {
    return new TextEncoder().encode(text).length;
  }

  told() {
    const kib = this.size(this.text) / 1024;
    const long = kib > this.data.longest;
    const said = long ? `${kib.toFixed(1)} KiB: longer than the ${this.data.longest} KiB that a query may have`
      : this.text !== this.known && this.known.trim() ? this.data.edited : "";
    this.button.disabled = long;
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  end() {
    clearTimeout(this.later);
    this.remember();
    window.removeEventListener("pagehide", this.leaving);
    this.view.destroy();
  }
}

// Escape, then Tab: out of the editor. It holds until something is written or the editor is entered anew.
const leaving = { key: "Escape", run: (view) => (view.setTabFocusMode(true), false) };

function element(name, kind, text = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}
