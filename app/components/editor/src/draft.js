// What was written and not run, for an address and this tab: looking at another page must not lose it. The address
// is the one that Python gave with the text; the browser's own may be another page's already.
const name = (address) => `onrecord-draft ${address}`;

export function keep(address, text) {
  attempt(() => sessionStorage.setItem(name(address), text));
}

export function forget(address) {
  attempt(() => sessionStorage.removeItem(name(address)));
}

export function kept(address) {
  return attempt(() => sessionStorage.getItem(name(address))) ?? null;
}

// Browsers may forbid storage; then nothing is kept.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
