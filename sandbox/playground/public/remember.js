/** The person and place that the address names, so that a reload or a copied address comes back to them. */
export function rememberedPlace() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { me: hash.get('as'), place: hash.get('in') };
}

/** Writes person and place into the address without a new history entry. @param {string} me @param {any} place */
export function rememberPlace(me, place) {
  const hash = new URLSearchParams({ as: me, in: place?.id ?? '' });
  history.replaceState(null, '', `#${hash}`);
}
