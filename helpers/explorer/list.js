// The sentences behind a mark: as a list, as a concordance, in their article, in a file.

const ONLY = "Only sentences that carry a frame are kept on this page. The others are counted but not shown.";
const bdi = words => html("bdi", {}, words); // words of any script, which turn nothing around them
const joined = nodes => nodes.filter(node => node.textContent).flatMap((node, i) => (i ? [" · ", node] : [node]));
const nameOf = article => bdi(article.outlet === "unknown" ? "" : article.outlet);
const frameAsked = () => frames.find(frame => frame.frame === state.frame);

function spansOf(row, patterns) { // what is marked in a sentence: hits of the frame asked for, words looked for
  const hits = row[HITS].filter(hit => !state.frame || frames[hit[FRAME]].frame === state.frame);
  return [...hits.map(hit => ({
    start: hit[START], end: hit[END], hit, kind: hit[NEGATED] ? "hit negated" : "hit",
    told: frames[hit[FRAME]].name + (hit[NEGATED] ? ", negated" : ""),
  })), ...placesOf(row[TEXT], patterns)];
}

function marked(text, spans) { // spans may overlap, so the text is cut wherever one starts or ends
  const cuts = [...new Set([0, text.length, ...spans.flatMap(span => [span.start, span.end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const piece = text.slice(cuts[i], end), own = spans.filter(span => span.start <= cuts[i] && end <= span.end);
    const title = own.flatMap(span => span.told ?? []).join("; ");
    return own.length ? html("mark", { class: own.map(span => span.kind).join(" "), title }, piece) : piece;
  });
}

function carries(row) { // which frames a sentence carries, by whom
  return frames.flatMap(({ frame, name }, place) => {
    const codebook = row[HITS].some(hit => hit[FRAME] === place), coders = row[VOTES][place];
    if (!codebook && coders !== "1") return [];
    const who = [...(codebook ? ["codebook"] : []), ...(coders === "1" ? ["coders"] : [])].join(" and ");
    const signs = (codebook ? "●" : "") + (coders === "1" ? "○" : "");
    const not = !codebook ? " (codebook: no)" : coders === "0" ? " (coders: no)" : "";
    return html(frame === state.frame ? "strong" : "span", {},
      html("span", { role: "img", "aria-label": who }, signs), ` ${name}${not}`);
  });
}

function whole(article, row, words) { // the link to the article, at this sentence
  const told = `${words}: whole article, at sentence ${row[NUMBER]}`;
  const href = address({ article: article.article, sentence: row[NUMBER] });
  return html("a", { href, "aria-label": told }, bdi(words));
}

function sentenceList(found, patterns) {
  return html("ol", {}, ...found.map(({ article, row }) => html("li", {},
    html("p", { class: "where" }, ...joined([html("strong", {}, bdi(article.label)), nameOf(article),
      html("span", {}, `sentence ${row[NUMBER]} of ${number(article.sentences)}`),
      whole(article, row, "whole article")])),
    html("p", { class: "text", dir: "auto" }, ...marked(row[TEXT], spansOf(row, patterns))),
    html("p", { class: "carried" }, ...carries(row)))));
}

function linesOf(found, patterns) { // one per hit; where words but no frame are asked for, one per place of a word
  const words = patterns.length && !state.frame;
  return found.flatMap(({ article, row, carried }) => {
    const passing = carried.filter(one => one.codebook).map(one => one.frame);
    const asked = span => (words ? span.kind === "word" : passing.includes(span.hit?.[FRAME]) && isAskedHit(span.hit));
    return spansOf(row, words ? patterns : []).filter(asked).map(span => ({ article, row, ...span }));
  });
}

const leftOf = line => line.row[TEXT].slice(0, line.start);
const nodeOf = line => line.row[TEXT].slice(line.start, line.end);
const rightOf = line => line.row[TEXT].slice(line.end);

function concordance(lines) {
  const head = ["Date", "Before", "Words", "After"].map(name => html("th", { scope: "col" }, name));
  return html("table", {}, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...lines.map(line =>
    html("tr", {},
      html("td", {}, whole(line.article, line.row, line.article.label)),
      html("td", { class: "left" }, bdi(leftOf(line).slice(-90))),
      html("td", {}, html("mark", { class: line.kind, title: line.told ?? "" }, bdi(nodeOf(line)))),
      html("td", {}, bdi(rightOf(line).slice(0, 90)))))));
}

function paragraphsOf(article, patterns) { // "[…]" where sentences are left out
  const paragraphs = [];
  let last = 0;
  for (const row of article.rows) {
    const gap = row[NUMBER] !== last + 1;
    if (row[BEGINS] || gap || !last) paragraphs.push(html("p", { dir: "auto" }, gap ? "[…] " : ""));
    const here = String(row[NUMBER]) === state.sentence ? { id: "here" } : {};
    paragraphs.at(-1).append(html("span", here, ...marked(row[TEXT], spansOf(row, patterns))), " ");
    last = row[NUMBER];
  }
  return last < article.sentences ? [...paragraphs, html("p", {}, "[…]")] : paragraphs;
}

function showArticle(article, patterns) {
  const { label, title, url } = article, safe = /^https?:\/\//i.test(url); // no javascript: address
  $("found").replaceChildren(bdi(title || label));
  $("counts").replaceChildren(html("p", {}, ...joined([bdi(label), nameOf(article),
    bdi(article.article), safe ? html("a", { href: url, rel: "noreferrer" }, bdi(url)) : bdi(url)])));
  if (data.hits_only) $("counts").append(html("p", {}, ONLY));
  $("list").replaceChildren(html("p", {}, html("a", { href: address({}) }, "Back to the sentences")),
    html("article", {}, ...paragraphsOf(article, patterns)));
}

function heading() {
  const [from, to] = [state.from, state.to].map(key => columns.find(column => column.key === key)?.label ?? key);
  const dates = from === to ? from : [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
  const what = frameAsked()?.name ?? (data.hits_only ? "All sentences with a frame" : "All sentences");
  return dates ? `${what}, ${dates}` : what;
}

function showList(found, sum, patterns, most) {
  const rows = state.view ? linesOf(found, patterns) : found, shown = rows.slice(0, most);
  const told = [`Shown: ${number(shown.length)} of ${number(rows.length)}.`];
  if (sum && spoken(sum)) told.push(`Sentences that carry the frame: ${spoken(sum)}.`);
  if (state.view && found.some(one => !one.row[HITS].length)) told.push("A sentence without such words has no line.");
  const meaning = frameAsked()?.meaning;
  $("found").textContent = heading();
  $("counts").replaceChildren(html("p", {}, told.join(" ")));
  if (meaning) $("counts").append(html("p", {}, `Such a sentence says that ${meaning}.`));
  $("list").replaceChildren(state.view ? concordance(shown) : sentenceList(shown, patterns));
  $("more").hidden = rows.length <= most;
}

// A spreadsheet takes a cell that begins with = + - @ for a formula; an apostrophe makes it text.
const cell = value => `"${String(value).replace(/^(?='*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]))/, "'").replaceAll('"', '""')}"`;

function download(found, patterns) { // all that is found, as the view shows it
  const about = ({ article, row }) => [article.article, article.label, article.outlet, row[NUMBER]];
  const named = says => frames.filter((_, frame) => says(frame)).map(frame => frame.name).join("; ");
  const rows = state.view
    ? linesOf(found, patterns).map(line => [...about(line), line.told ?? "", leftOf(line), nodeOf(line), rightOf(line)])
    : found.map(({ article, row }) => [...about({ article, row }),
      named(frame => row[HITS].some(hit => hit[FRAME] === frame)), named(frame => row[VOTES][frame] === "1"),
      spansOf(row, []).map(span => row[TEXT].slice(span.start, span.end)).join("; "), row[TEXT]]);
  const names = state.view ? ["frame", "before", "words", "after"] : ["codebook", "coders", "words", "text"];
  const lines = [["article", "date", "outlet", "sentence", ...names], ...rows].map(row => row.map(cell).join(","));
  const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
  const link = html("a", { href: URL.createObjectURL(file), download: `${state.view ?? "sentences"}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}
