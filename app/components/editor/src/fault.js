// Where the gateway refused the query: a mark in the margin and under the word, with its message.
import { linter, setDiagnostics } from "@codemirror/lint";
import { visible } from "./visible.js";

// No checks of our own: the gateway says what is wrong, and its word stays until the query is run again.
export const fault = linter(null);

export function pointAt(view, error) {
  if (!error) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const doc = view.state.doc;
  const line = doc.line(Math.min(Math.max(error.line ?? 1, 1), doc.lines));
  const from = Math.min(line.from + codeUnits(line.text, (error.column ?? 1) - 1), line.to);
  const word = /^(?:[\p{L}\p{N}_:?$-]+|\S)/u.exec(doc.sliceString(from, line.to));
  const to = from + (word ? word[0].length : 0);
  const message = visible(error.message);
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message }]));
}

// Columns count characters (code points); the editor counts UTF-16 units.
function codeUnits(text, characters) {
  return [...text].slice(0, characters).join("").length;
}
