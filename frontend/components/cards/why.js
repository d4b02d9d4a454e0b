// Why a card is there. Below the poster always: the colours or words that the two films share.
// On the poster, for hover, focus and the picked card: the same, large and in words.

const hasPairs = (evidence) => evidence?.kind === "swatches" && evidence.pairs?.length > 0;

// One colour of the liked film beside the colour of this film that is nearest to it.
function drawPair(pair) {
  const both = make("span", "pair");
  both.style.setProperty("--from", safeColor(pair.from));
  both.style.setProperty("--to", safeColor(pair.to));
  both.style.flexGrow = Math.min(1, Math.max(0.2, Number(pair.share) || 0));
  return both;
}

function drawProof(proof, evidence) {
  proof.replaceChildren();
  proof.classList.toggle("swatches", hasPairs(evidence));
  if (hasPairs(evidence)) proof.append(...evidence.pairs.map(drawPair));
  else if (evidence?.terms?.length) proof.append(evidence.terms.join(" · "));
}

function drawWhy(why, film, source, sources) {
  why.replaceChildren();
  if (!source) return;
  const evidence = film.evidence ?? {};
  const reason = film.reason || `${source.verb} the film you liked`;
  if (hasPairs(evidence)) {
    const head = make("span", "sides");
    head.append(make("span", "", "you liked"), make("span", "", "this film"));
    const pairs = make("span", "pairs");
    pairs.append(...evidence.pairs.slice(0, 3).map(drawPair));
    why.append(make("span", "reason", reason), head, pairs);
  } else if (evidence.terms?.length) {
    const terms = make("span", "terms");
    for (const term of evidence.terms) terms.append(make("span", "term", term));
    why.append(make("span", "sides", "in common"), terms);
  } else {
    why.append(make("span", "reason", reason));
  }
  const also = (film.also ?? []).map((name) => sources.get(name)).filter(Boolean);
  if (also.length) {
    const line = make("span", "also", "also from ");
    for (const other of also) line.append(glyph(other), make("span", "", ` ${other.label}`));
    why.append(line);
  }
}
