/* The form above the list of all results. What is chosen stands in the address, so that a choice can be linked.
   Without this the list is shown whole. */
"use strict";

{
  const form = document.getElementById("choose");
  const lines = [...document.querySelectorAll("#results li")];
  const sections = [...document.querySelectorAll("#results section")];

  const list = document.getElementById("results");
  const { tables, entries, symbols, needs, rules } = window.sought; // derivations/site/results_sought.py
  const row = (place) => Object.fromEntries(Object.entries(entries).map(([name, column]) => [name, column[place]]));
  const sought = new Map(lines.map((line, place) => [line, row(place)]));
  const words = new Map(lines.map((line) => [line, `${line.textContent.toLowerCase()} ${sought.get(line).words}`]));

  const FEW = 12; // who finds more lines by their own words did not mean a rule: derivations/writing/listing.py

  /* How well each line is what was typed: a formula by its signs, as in the search of the site (asked.js), where any
     line states it; else words, or the name of a condition. What uses a rule that is called so comes last. */
  const fitting = (typed) => {
    const asked = window.formulaAsked(typed, tables), text = typed.toLowerCase();
    const stated = ({ rows, users }) => window.formulaLikeness(asked, rows, users);
    const stating = new Map(lines.map((line) => [line, stated(sought.get(line))]));
    if (asked.length && [...stating.values()].some(Boolean)) return stating;
    const rule = rules.indexOf(text.replaceAll("_", " "));
    const phrase = new Set(needs.flatMap((need, place) => (/\s/.test(text) && need.includes(text) ? [place] : [])));
    const said = new Set(lines.filter((line) => sought.get(line).needs.some((place) => phrase.has(place))
      || text.split(/\s+/u).every((word) => words.get(line).includes(word))));
    const inName = window.wordsAsked(text), isAll = (name) => inName.every((word) => name.split(" ").includes(word));
    const named = rules.map((name, place) => place === rule || (inName.length > 0 && said.size < FEW && isAll(name)));
    const uses = (line) => sought.get(line).rules.some((place) => named[place]);
    return new Map(lines.map((line) => [line, said.has(line) ? 2 : Number(uses(line))]));
  };

  /* The best first, chapter by chapter; what fits alike stays in reading order. */
  const arrange = (fit) => {
    const best = (section) => Math.max(...[...section.querySelectorAll("li")].map((line) => fit.get(line)));
    const falling = (value) => (one, other) => value(other) - value(one);
    for (const section of sections)
      section.querySelector("ul").append(...lines.filter((line) => section.contains(line))
        .sort(falling((line) => fit.get(line))));
    list.append(...[...sections].sort(falling(best)));
  };

  let fit;
  const has = {
    chapter: (line, value) => line.closest("section").dataset.chapter === value,
    kind: (line, value) => line.querySelector("i").textContent === value,
    state: (line, value) => line.querySelector("i + i")?.textContent === value,
    symbol: (line, value, place) => sought.get(line).symbols.includes(place),
    needs: (line, value, place) => sought.get(line).needs.includes(place),
    text: (line) => fit.get(line) > 0,
  };

  const chosen = () => [...form.elements].filter((field) => field.name && field.value.trim())
    .map((field) => [field.name, field.value.trim(), field.selectedIndex - 1]);

  const show = () => {
    const wanted = chosen();
    const typed = form.elements.text.value.trim();
    let count = 0;
    fit = typed ? fitting(typed) : new Map(lines.map((line) => [line, 0]));
    arrange(fit);
    for (const line of lines) {
      line.hidden = !wanted.every(([name, value, place]) => has[name](line, value, place));
      count += !line.hidden;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    form.querySelector("output").textContent = `${count} of ${lines.length}`;
  };

  const remember = () => {
    const asked = new URLSearchParams(chosen().map(([name, value]) => [name, value]));
    history.replaceState(history.state, "", `${location.pathname}${asked.size ? `?${asked}` : ""}${location.hash}`);
  };

  for (const [name, known] of [["symbol", symbols], ["needs", needs.map((need) => [need, need])]])
    form.elements[name].append(...known.map(([value, shown]) => new Option(shown, value)));
  for (const [name, value] of new URLSearchParams(location.search))
    if (Object.hasOwn(has, name)) form.elements[name].value = value;
  show();

  form.addEventListener("input", () => (show(), remember()));
  form.addEventListener("reset", () => setTimeout(() => (show(), remember()))); // the fields are empty only afterwards
  form.addEventListener("submit", (event) => event.preventDefault());
}
