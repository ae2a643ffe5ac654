// Characters that readers would not see, or that reorder their neighbours, are shown by their numbers.
export const SEEN_TOO = /[\u00a0\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]/g;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

export function visible(text) {
  return text.replace(INVISIBLE, (c) => (c === "\n" ? c : `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));
}

export function brief(text, length = 90) {
  const seen = visible(text.replace(/\s+/g, " ").trim());
  return seen.length <= length ? seen : `${seen.slice(0, length - 1).trimEnd()}…`;
}
