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
let turn = 0; // the number of the last run; Python gives it back with the text of that run

// Called with the text and its surroundings, or with `fault`: what the gateway said, which comes later.
export default function draw({ data, parentElement, setTriggerValue }) {
  if (data.fault) return point(data);
  let editor = editors.get(data.id);
  if (editor?.home !== parentElement) {
    leave(data.id);
    editor = new Editor(parentElement, data, left.get(data.id));
    editors.set(data.id, editor);
  }
  editor.send = (sent) => setTriggerValue("run", sent);
  editor.take(data);
  const drawn = (editor.drawn = {});
  return () => {
    if (editors.get(data.id)?.drawn === drawn) leave(data.id); // else a later draw has it
  };
}

function leave(id) {
  const editor = editors.get(id);
  if (!editor) return;
  const { data, sent } = editor;
  left.set(id, { state: editor.view.state, data, sent });
  editors.delete(id);
  editor.end();
}

function point({ id, fault: given }) {
  const found = { ...given }; // of this draw: a later one may be given the same
  faults.set(id, found);
  editors.get(id)?.point();
  return () => {
    if (faults.get(id) !== found) return;
    faults.delete(id);
    editors.get(id)?.point();
  };
}

class Editor {
  constructor(home, data, before) {
    this.home = home;
    this.data = before?.data ?? data; // what Python holds, and where its address is
    this.sent = before?.sent ?? []; // the runs that have not come back, the oldest first
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
    const now = () => editors.get(data.id); // a state outlives its editor
    return EditorState.create({
      doc: data.text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => now().run() }])),
        lineNumbers(), lintGutter(), fault, highlightSpecialChars({ addSpecialChars: SEEN_TOO }),
        history(), drawSelection(), highlightActiveLine(), indentOnInput(), indentUnit.of("  "),
        bracketMatching(), closeBrackets(), syntaxHighlighting(classHighlighter), sparql(), completions(data),
        EditorView.lineWrapping,
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab, leaving]),
        EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
        EditorView.updateListener.of((update) => update.docChanged && now()?.changed(update)),
        EditorView.contentAttributes.of({
          "aria-label": data.label, "aria-describedby": `${data.id}-help`,
          spellcheck: "false", autocapitalize: "off", autocorrect: "off",
        }),
        this.described.of([]),
      ],
    });
  }

  take(data) {
    const ours = this.returned(data);
    const other = !ours && data.text !== this.known;
    if (ours) forget(this.data.address);
    if (other) this.remember();
    this.data = data;
    if (ours) this.remember(); // what was written since belongs to the new address
    if (other) this.show(data.text);
    if (data.keep) keep(data.address, this.text);
    this.point();
    this.told();
  }

  // Whether this is a query that was run here, which the editor has or has had: it goes on from there.
  returned(data) {
    const at = this.sent.findIndex((each) => each.turn === data.turn && each.text === data.text);
    this.sent = this.sent.slice(at + 1); // those before it were overtaken
    return at >= 0;
  }

  // Another query, from an address.
  show(text) {
    this.sent = [];
    if (text === this.text) return;
    this.replace(text);
    this.restore();
  }

  replace(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, scrollIntoView: false });
  }

  point() {
    const found = faults.get(this.data.id);
    if (found === this.pointed) return;
    this.pointed = found;
    pointAt(this.view, found && this.text === this.known ? found : null);
    const wrong = EditorView.contentAttributes.of({ "aria-invalid": String(Boolean(found)) });
    this.view.dispatch({ effects: this.described.reconfigure(wrong) });
  }

  get known() {
    return this.data.text;
  }

  get text() {
    return this.view.state.doc.toString();
  }

  run() {
    const text = this.text;
    if (this.size(text) > this.data.longest * 1024) return true; // the status says so
    const run = { turn: (turn += 1), text: text.trim() && text }; // Python takes blanks for nothing
    this.sent.push(run);
    this.send(run);
    return true;
  }

  changed(update) {
    if (update.view) update.view.setTabFocusMode(false);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.remember(), 400);
    this.told();
  }

  // Also while it runs: the server may never hear of it.
  remember() {
    if (this.text !== this.known) keep(this.data.address, this.text);
    else if (!this.data.keep) forget(this.data.address);
  }

  // What was written here and never run, after a look at another page; it can be undone.
  restore() {
    const draft = kept(this.data.address);
    if (draft !== null && draft !== this.text) this.replace(draft);
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
