
"use strict";
// Sorting, searching and opening estimates. Everything is built with textContent: no text becomes markup.
(() => {
  const STEP = 50; // sentences drawn at a time, so that a cell with thousands opens at once
  const get = (id) => document.getElementById(id);
  const panel = get("panel"), list = get("list"), more = get("more");
  const minus = (text) => text.replace("-", "−");
  let parsed = null;
  const data = () => (parsed ??= JSON.parse(get("data").textContent)); // parsed at the first opening
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    if (className) node.className = className;
    return node;
  };

  // --- sorting: by number where cells have one, else by name; missing values stay last
  const key = (row, column) => {
    const cell = row.cells[column];
    if (!cell.classList.contains("n")) return cell.textContent.trim().toLowerCase();
    const number = parseFloat(cell.dataset.v);
    return Number.isNaN(number) ? null : number;
  };
  const sort = (header) => {
    const table = header.closest("table"), column = header.cellIndex;
    const numeric = header.classList.contains("n");
    const before = header.getAttribute("aria-sort");
    const down = before ? before === "ascending" : numeric;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows].map((row) => [key(row, column), row]);
    rows.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  for (const header of document.querySelectorAll("table.estimates thead th, table.contrasts thead th")) {
    const button = make("button", header.textContent);
    button.type = "button";
    button.addEventListener("click", () => sort(header));
    header.replaceChildren(button);
  }

  // --- searching
  const rows = [...document.querySelectorAll("table.estimates tbody tr, table.contrasts tbody tr")];
  const words = rows.map((row) =>
    (row.dataset.o === undefined ? `${row.cells[0].textContent} ${row.cells[1].textContent}` : `${row.dataset.o} ${row.dataset.a}`).toLowerCase());
  get("search").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    let hits = 0;
    rows.forEach((row, i) => {
      row.hidden = !words[i].includes(wanted);
      hits += !row.hidden;
    });
    get("hits").textContent = wanted ? `${hits} of ${rows.length} rows` : "";
  });

  // --- the sentences of an estimate, by the formula of framing/report/entries.py
  const side = (by) => (by.includes("actor") ? "actor" : "outlet");
  const family = (measure) => {
    const { axes, poles } = data();
    const axis = axes.find((a) => `D_${a.name}` === measure);
    if (axis) return { plus: axis.plus, minus: axis.minus, label: `${axis.label} (D)`, poles: [axis.plus, axis.minus] };
    const pole = poles.findIndex((p) => p.name === measure);
    if (pole >= 0) return { plus: pole, minus: -1, label: poles[pole].label, poles: [pole] };
    return { plus: -1, minus: -1, label: measure, poles: [-1] };
  };
  const value = (scores, tone, f) =>
    f.plus < 0 ? tone : scores[f.plus] - (f.minus < 0 ? 0 : scores[f.minus]);
  const find = (by, outlet, actor, f) => {
    const { sentences, articles, outlets, actors } = data();
    const o = outlets.indexOf(outlet), a = actors.indexOf(actor), found = [];
    sentences.forEach((s, i) => {
      const article = articles[s[0]];
      if (by !== "actor" && article[1] !== o) return;
      let v, n = article[4];
      if (by === "outlet") v = value(s[5], s[4], f);
      else {
        const about = s[6].find((x) => x[0] === a);
        if (!about) return;
        v = value(about.slice(2), about[1], f);
        for (let k = 0; k < article[7].length; k += 2) if (article[7][k] === a) n = article[7][k + 1];
      }
      if (v) found.push({ i, v, c: Math.abs(v) * (by === "actor" ? article[6] : article[5]) / n });
    });
    return found.sort((x, y) => y.c - x.c || x.i - y.i);
  };

  // --- a sentence with its cues marked: by colour, underline and a word
  const says = (cue, text) => {
    const d = data();
    const parts = [`“${text.slice(cue[0], cue[1])}”`, cue[2] < 0 ? `valence ${minus(String(cue[7]))}` : d.poles[cue[2]].label];
    if (cue[4]) parts.push(cue[4] === 2 ? "main" : "implied");
    if (cue[2] >= 0) parts.push(d.modalities[cue[3]]);
    if (cue[5]) parts.push("negated");
    if (cue[6]) parts.push("self-claim");
    if (cue[8].length) parts.push(`for ${cue[8].map((a) => d.actors[a]).join(", ")}`);
    return parts.join(" · ");
  };
  const tag = (cue) => (cue[2] < 0 ? (cue[7] < 0 ? "−" : "+") : data().poles[cue[2]].label);
  const marked = (text, cues) => {
    const line = make("p", null, "text");
    const edges = [...new Set([0, text.length, ...cues.flatMap((c) => [c[0], c[1]])])].sort((x, y) => x - y);
    for (let k = 0; k + 1 < edges.length; k++) {
      const piece = text.slice(edges[k], edges[k + 1]);
      const over = cues.filter((c) => c[0] <= edges[k] && c[1] >= edges[k + 1]);
      if (!over.length) { line.append(piece); continue; }
      const first = over[0];
      const mark = make("mark", piece, first[2] < 0 ? (first[7] < 0 ? "bad" : "good") : `p${first[2] % 6}`);
      mark.title = over.map((c) => says(c, text)).join("\n");
      const ends = over.filter((c) => c[1] === edges[k + 1]);
      if (ends.length) mark.append(make("sup", [...new Set(ends.map(tag))].join(", ")));
      line.append(mark);
    }
    return line;
  };
  const item = ({ i, v }, f) => {
    const d = data(), s = d.sentences[i], article = d.articles[s[0]];
    const cues = s[7].filter((c) => (f.poles[0] < 0 ? c[2] < 0 : c[2] >= 0));
    const node = make("li");
    node.append(marked(s[1], cues));
    const about = make("p", null, "about");
    about.append(make("b", minus((v > 0 ? "+" : "") + v.toFixed(2))), ` · ${d.voices[s[2]]}${s[3] ? `: ${s[3]}` : ""} · `);
    const title = make(article[3] ? "a" : "cite", article[0]);
    if (article[3]) Object.assign(title, { href: article[3], rel: "noreferrer noopener", target: "_blank" });
    about.append(title, ` · ${d.outlets[article[1]]}${article[2] ? ` · ${article[2]}` : ""}`);
    node.append(about);
    if (cues.length) {
      const said = make("ul", null, "cues");
      said.append(...cues.map((c) => make("li", says(c, s[1]))));
      node.append(said);
    }
    return node;
  };

  // --- the panel
  const readings = (by, outlet, actor, measure) => {
    const { fields, words: w, rows: all } = data().readings;
    const [b, o, a, m] = [by, outlet, actor, measure].map((x) => w.indexOf(x));
    const own = all.filter((r) => r[0] === b && r[1] === o && r[2] === a && r[3] === m);
    const table = panel.querySelector("table"), head = make("tr"), body = make("tbody");
    for (const name of [...fields.slice(4), "estimate", "interval", "articles", "stories"]) head.append(make("th", name));
    const three = (x) => (x === null ? "–" : minus(x.toFixed(3)));
    for (const r of own) {
      const row = make("tr"), n = fields.length;
      for (const code of r.slice(4, n)) row.append(make("td", w[code]));
      const interval = r[n + 1] === null ? "none" : `[${three(r[n + 1])}, ${three(r[n + 2])}]`;
      for (const text of [three(r[n]), interval, r[n + 3], r[n + 4]]) row.append(make("td", text, "n"));
      body.append(row);
    }
    const top = make("thead");
    top.append(head);
    table.replaceChildren(top, body);
    get("readings").hidden = own.length < 2;
  };
  const open = (by, outlet, actor, measure) => {
    const names = data().families[side(by)], f = family(measure);
    const total = data().totals.find((t) => t[0] === by && t[1] === outlet && t[2] === actor);
    const all = total?.[3][names.indexOf(measure)];
    const found = find(by, outlet, actor, f);
    get("panel-title").textContent = `${[outlet, actor].filter((x) => x !== "*").join(" × ")}: ${f.label}`;
    get("panel-note").textContent = all === undefined
      ? "This page holds no sentences for this estimate."
      : all === 0
      ? "No sentence adds to this estimate: it is 0 because nothing was found, which is a finding."
      : `${found.length} of ${all} sentences that add to this estimate, largest contributions first` +
        (all > found.length ? `; ${all - found.length} are left out of this page.` : ".") +
        " A contribution is the score of the sentence, over the sentences of its article that count.";
    readings(by, outlet, actor, measure);
    list.replaceChildren();
    let drawn = 0;
    const step = () => {
      const next = found.slice(drawn, drawn + STEP);
      list.append(...next.map((x) => item(x, f)));
      drawn += next.length;
      more.hidden = drawn >= found.length;
      more.textContent = `Show more (${found.length - drawn} left)`;
    };
    more.onclick = step;
    step();
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    get("panel-title").focus();
  };
  const hash = (...parts) => `#open=${parts.map(encodeURIComponent).join("/")}`;
  const follow = () => {
    const match = /^#open=([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(location.hash);
    if (!match) { if (panel.open) panel.close(); return; }
    try { open(...match.slice(1).map(decodeURIComponent)); } catch (error) { if (!(error instanceof URIError)) throw error; }
  };
  for (const cell of document.querySelectorAll(".e[data-m]")) {
    const button = make("button", cell.textContent);
    button.type = "button";
    const row = cell.closest("tr"), by = cell.closest("table").dataset.by;
    button.title = "Read the sentences";
    button.addEventListener("click", () => { location.hash = hash(by, row.dataset.o, row.dataset.a, cell.dataset.m); });
    cell.replaceChildren(button);
  }
  get("close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  panel.addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  window.addEventListener("hashchange", follow);
  document.body.classList.add("live");
  follow();
})();
