/* The form above the list of all results. What is chosen stands in the address, so that a choice can be linked.
   Without this the list is shown whole. */
"use strict";

{
  const form = document.getElementById("choose");
  const lines = [...document.querySelectorAll("#results li")];
  const sections = [...document.querySelectorAll("#results section")];

  /* What makes no difference to who looks for something: capitals, indices, accents, spaces, the kind of a minus. */
  const flat = (text) => text.normalize("NFD").toLowerCase()
    .replace(/[−–]/gu, "-").replace(/[*·]/gu, "").replace(/_\{[^}]*\}|_\w\b|[\u0300-\u036f₀-₉ᵢⱼₖₗₘₙᵣₕᵤ₌\s]/gu, "");
  const texts = new Map(lines.map((line) => [line, flat(line.textContent)]));
  const formulas = new Map(lines.map((line) => [line, flat(line.querySelector("b").textContent)]));
  const words = new Map(lines.map((line) => [line, line.textContent.toLowerCase()]));

  const has = {
    chapter: (line, value) => line.closest("section").dataset.chapter === value,
    kind: (line, value) => line.querySelector("i").textContent === value,
    state: (line, value) => line.querySelector("i + i")?.textContent === value,
    symbol: (line, value, place) => (line.dataset.symbols ?? "").split(" ").includes(place),
    needs: (line, value, place) => (line.dataset.needs ?? "").split(" ").includes(place),
    text: (line, value) => formulas.get(line).includes(flat(value)) || texts.get(line).includes(flat(value))
      || value.toLowerCase().split(/\s+/u).every((word) => words.get(line).includes(word)),
  };

  const chosen = () => [...form.elements].filter((field) => field.name && field.value.trim())
    .map((field) => [field.name, field.value.trim(), field.selectedOptions?.[0].dataset.place]);

  const show = () => {
    const wanted = chosen();
    let count = 0;
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

  for (const [name, value] of new URLSearchParams(location.search))
    if (Object.hasOwn(has, name)) form.elements[name].value = value;
  show();

  form.addEventListener("input", () => (show(), remember()));
  form.addEventListener("reset", () => setTimeout(() => (show(), remember()))); // the fields are empty only afterwards
  form.addEventListener("submit", (event) => event.preventDefault());
}
