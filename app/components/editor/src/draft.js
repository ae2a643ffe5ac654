// What was written and not run, for this address and this tab: looking at another page must not lose it.
const name = () => `onrecord-draft ${location.pathname}${location.search}`;

export function keep(text) {
  attempt(() => sessionStorage.setItem(name(), text));
}

export function forget() {
  attempt(() => sessionStorage.removeItem(name()));
}

export function kept() {
  return attempt(() => sessionStorage.getItem(name())) ?? null;
}

// Browsers may forbid storage; then nothing is kept.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
