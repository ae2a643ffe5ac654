// What may come next: prefixes, terms with their meaning, concepts, records by name, variables, words of SPARQL.
import { autocompletion, insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import { WORDS } from "./words.js";
import { brief, visible } from "./visible.js";

const NAME = /(?:[A-Za-z][\w-]*)?:?[\w-]*/;
const TYPES = { class: "class", relation: "property", value: "property", annotation: "property", concept: "constant" };
const PATIENCE = 150; // milliseconds of no typing before names of records are asked for

export function completions(data) {
  const vocabulary = lazily(() => fetchJson(data.vocabulary).then(termsOf));
  const names = (words) => fetchJson(`${data.names}${data.names.includes("?") ? "&" : "?"}limit=20&q=${encodeURIComponent(words)}`);
  return autocompletion({
    override: [prefixes(vocabulary), terms(vocabulary), records(names), slugs(names, vocabulary), variables, words],
    activateOnTypingDelay: 120,
    maxRenderedOptions: 10, // none is out of sight: the list moves with the choice and has nothing to scroll
    icons: false,
  });
}

// One request a page view, made when it is first needed; one that failed is made again.
function lazily(load) {
  let loaded = null;
  return () => (loaded ??= load().catch((error) => {
    loaded = null;
    console.warn(`no suggestions: ${error}`);
    return { terms: [], prefixes: [] };
  }));
}

async function fetchJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function termsOf(answer) {
  const spaces = new Map();
  for (const row of answer.rows) spaces.set(row.term.split(":")[0], row.prefix);
  return { rows: answer.rows, spaces, terms: answer.rows.map((row) => term(row)) };
}

function term(row) {
  return {
    label: row.term,
    detail: row.label && row.label !== row.term.split(":")[1] ? brief(row.label, 40) : row.scheme ?? "",
    type: TYPES[row.kind],
    info: () => note(row.kind === "concept" ? `Concept of ${row.scheme}` : `A ${row.kind}`, row.definition ?? "A term of another vocabulary."),
    apply: (view, completion, from, to) => declared(view, completion, from, to, row.term, row.prefix),
    row,
  };
}

function note(sort, meaning) {
  const box = document.createElement("div");
  const head = document.createElement("b");
  head.textContent = `${sort}. `;
  box.append(head, visible(meaning));
  return box;
}

// Writes a term, and the line that declares its prefix where there is none yet.
function declared(view, completion, from, to, text, namespace) {
  const prefix = text.split(":")[0];
  const known = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
  const line = `PREFIX ${prefix}: <${namespace}>\n`;
  const written = insertCompletionText(view.state, text, from, to);
  const changes = known ? [written.changes].flat() : [{ from: 0, insert: line }, written.changes].flat();
  const cursor = from + text.length + (known ? 0 : line.length);
  view.dispatch({
    changes, selection: { anchor: cursor }, userEvent: "input.complete", scrollIntoView: true,
    annotations: pickedCompletion.of(completion),
  });
}

function place(context) {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const bare = before.replace(/<[^<>\s]*>/g, (iri) => " ".repeat(iri.length)).replace(/"(?:[^"\\]|\\.)*"/g, (text) => " ".repeat(text.length));
  return {
    line, before,
    comment: node.name === "Comment" || /#/.test(bare.replace(/<[^<>\s]*$/, "")),
    quoted: /"[^"]*$/.exec(bare),
    iri: /<[^<>\s"{}|^`\\]*$/.exec(bare),
  };
}

function prefixes(vocabulary) {
  return async (context) => {
    const typed = context.matchBefore(/\bPREFIX\s+[\w-]*/i);
    if (!typed) return null;
    const { spaces } = await vocabulary();
    const from = typed.from + /^\w+\s+/.exec(typed.text)[0].length;
    const options = [...(spaces ?? [])].sort().map(([prefix, space]) => ({ label: `${prefix}: <${space}>`, type: "namespace" }));
    return { from, options };
  };
}

function terms(vocabulary) {
  return async (context) => {
    const at = place(context);
    const typed = context.matchBefore(NAME);
    if (at.comment || at.quoted || at.iri || /\bPREFIX\s+\S*$/i.test(at.before)) return null;
    if (!typed || /[?$@^\w]$/.test(at.before.slice(0, typed.from - at.line.from))) return null;
    if (!typed.text && !context.explicit) return null;
    const found = (await vocabulary()).terms;
    if (typed.text.includes(":")) return { from: typed.from, options: found, validFor: /^[\w-]*:[\w-]*$/ };
    const wanted = typed.text.toLowerCase();
    const options = found
      .filter(({ row }) => row.term.split(":")[1].toLowerCase().startsWith(wanted) || (row.label ?? "").toLowerCase().startsWith(wanted))
      .map((option) => ({ ...option, boost: option.label.startsWith("onr:") ? 1 : 0 }));
    return { from: typed.from, options, filter: false };
  };
}

// Between < and >: records by their names. <id/actor/margot-james> stands under the base of the record.
function records(names) {
  return async (context) => {
    const at = place(context);
    if (!at.iri || at.comment) return null;
    const wanted = at.iri[0].slice(1).replace(/^id\/?(?:\w+\/?)?/, "").replaceAll(/[-_/]/g, " ").trim();
    const rows = await asked(context, names, wanted);
    if (!rows) return null;
    const rest = context.state.sliceDoc(context.pos, context.pos + 1) === ">" ? "" : ">";
    return {
      from: context.pos - at.iri[0].length, filter: false,
      options: rows.map((row) => option(row, `<id/${row.noun}/${row.slug}${rest}`, brief(row.label), row.noun)),
    };
  };
}

// In the string of a slug or a notation.
function slugs(names, vocabulary) {
  return async (context) => {
    const at = place(context);
    const start = at.quoted && /onr:slug\s+"[^"]*$/.exec(at.before);
    const notation = at.quoted && /skos:notation\s+"([^"]*)$/.exec(at.before);
    if (notation && !at.comment) {
      const rows = ((await vocabulary()).rows ?? []).filter((row) => row.kind === "concept");
      const options = rows.map((row) => ({ label: row.term.split(":")[1], detail: row.scheme, type: "constant", info: () => note(row.label, row.definition ?? "") }));
      return { from: context.pos - notation[1].length, options, validFor: /^[\w-]*$/ };
    }
    if (!start || at.comment) return null;
    const written = /"([^"]*)$/.exec(at.before)[1];
    const rows = await asked(context, names, written.replaceAll("-", " ").trim());
    if (!rows) return null;
    return { from: context.pos - written.length, filter: false, options: rows.map((row) => option(row, row.slug, brief(row.label), row.noun)) };
  };
}

function option(row, text, label, noun) {
  return { label: visible(row.slug), detail: label, type: "constant", apply: text, info: row.matched && row.matched !== row.label ? () => note(noun, row.matched) : undefined };
}

async function asked(context, names, wanted) {
  if (!/[\p{L}\p{N}]/u.test(wanted)) return null;
  await new Promise((done) => setTimeout(done, PATIENCE));
  if (context.aborted) return null;
  try {
    return (await names(wanted)).rows.filter((row) => row.slug && row.noun);
  } catch (error) {
    console.warn(`no names: ${error}`);
    return null;
  }
}

function variables(context) {
  const typed = context.matchBefore(/[?$]\w*/);
  if (!typed || place(context).comment) return null;
  const text = context.state.doc.toString();
  const found = new Set([...text.matchAll(/[?$]\w+/g)].filter((match) => match.index !== typed.from).map((match) => match[0]));
  return { from: typed.from, options: [...found].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
}

function words(context) {
  const at = place(context);
  const typed = context.matchBefore(/\b[A-Za-z]\w*/);
  if (!typed || at.comment || at.quoted || at.iri || /[?$:@]$/.test(at.before.slice(0, typed.from - at.line.from))) return null;
  if (typed.text.length < 2 && !context.explicit) return null;
  const options = WORDS.map((label) => ({ label, type: "keyword", boost: -1 }));
  return { from: typed.from, options, validFor: /^\w*$/ };
}
