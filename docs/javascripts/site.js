/* Small comforts. Every page reads whole without them: formulas are MathML, and nothing here draws. */
"use strict";

/* Copying. The LaTeX of a formula rides along in its MathML, that of a whole chain in a block that is not shown. */

const latexOf = (box) => box?.querySelector("annotation[encoding='application/x-tex']")?.textContent.trim() ?? "";
/* What is copied compiles as it stands: the formula displayed, below comments that say which result it is, when it
   holds, and which packages it needs; or below a line that says that it is false. */
const displayed = (box) =>
  [box.querySelector("[data-above]")?.dataset.above, "\\[", latexOf(box), "\\]"].filter(Boolean).join("\n");

/* One place on the page says "Copied" to those who listen; the button says it to those who look. */
const said = Object.assign(document.createElement("p"), { className: "said", role: "status" });

function copiedBySelecting(text) {
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "said" });
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

async function copyFrom(button, text) {
  const label = (button.dataset.label ??= button.textContent);
  let outcome = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch { // the browser's permission, or a page that did not come over https: the old way needs neither
    outcome = copiedBySelecting(text) ? "Copied" : "Not allowed to copy";
    button.focus();
  }
  button.textContent = said.textContent = outcome;
  setTimeout(() => {
    button.textContent = label;
    said.textContent = "";
  }, 1500);
}

function copyButton(label, text) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
  button.textContent = label;
  button.addEventListener("click", () => copyFrom(button, text()));
  return button;
}

/* The files of a folder, one for each chapter, each asked for once. A script can be read also where the site is opened
   from the disk: it hands over what it has by calling the function of that name. Nothing, if it cannot be had. */
const ROOT = document.currentScript.src.replace(/javascripts\/[^/]*$/, "");

function filesOf(folder, name) {
  const known = new Map(), waiting = new Map(); // chapter -> a promise of what its file has, and what it is given to
  globalThis[name] = (chapter, found) => waiting.get(chapter)?.(found);
  return (chapter) => {
    if (!known.has(chapter)) {
      known.set(chapter, new Promise((resolve) => {
        const script = Object.assign(document.createElement("script"), { src: `${ROOT}${folder}/${chapter}.js` });
        waiting.set(chapter, resolve);
        script.addEventListener("error", () => resolve({}));
        document.head.append(script);
      }));
    }
    return known.get(chapter);
  };
}

/* A citation with the address of what it cites, as derivations/reference/citing.py writes it where it knows one. Where
   the site is read from the disk there is none that anybody else could use. */
function withAddress(text, address) {
  if (!/^https?:/.test(address) || /\\url\{|^  url = |^  "URL": /m.test(text)) return text;
  if (text.startsWith("[")) {
    return JSON.stringify(JSON.parse(text).map((one) => ({ ...one, URL: address })), null, 1);
  }
  if (/^  version = /m.test(text)) return text.replace(/\}$/, () => `  url = {${address}},\n}`);
  const noted = text.replace(/^(  note = \{.*)\},$/m, (_, note) => `${note}, \\url{${address}}},`);
  return `% needs \\usepackage{url}\n${noted}`;
}

/* Where the address of the site was not known when it was built, it is that of this page: shown as it is copied. */
function writeAddresses() {
  for (const code of document.querySelectorAll("code[data-cites]")) {
    code.textContent = withAddress(code.textContent, new URL(code.dataset.cites, location).href);
  }
  for (const code of document.querySelectorAll("code[data-site]")) {
    const root = new URL(code.dataset.site, location).href;
    code.textContent = code.textContent.replace(/(^|src=")(?=r\/)/, (before) => before + root);
  }
}

function addCopyButtons() {
  document.body.append(said);
  // Material's own button for code puts a nameless landmark beside each block.
  for (const code of document.querySelectorAll(".highlight pre > code")) {
    code.closest(".highlight").append(copyButton("Copy", () => code.textContent.trimEnd()));
  }
  // On the page of an entry the buttons are there already, and the texts below them for those without scripts.
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    button.addEventListener("click", () => copyFrom(button, text.textContent));
  }
  for (const display of document.querySelectorAll(".display")) {
    if (latexOf(display)) display.append(copyButton("Copy LaTeX", () => displayed(display)));
  }
  for (const said of document.querySelectorAll(":is(.chain > :is(.statement, .claim), .part > .statement)")) {
    // A cited theorem is stated in words, and has no button.
    said.append(copyButton("Copy LaTeX", () => displayed(said)));
  }
  for (const proof of document.querySelectorAll(".chain details.proof")) {
    const whole = proof.closest(".part, .chain").querySelector("script[type='application/x-tex']");
    proof.append(copyButton("Copy the derivation", () => whole.textContent));
  }
}

/* What each step changes: seen of a line while it is pointed at or has the focus, of all while this switch is on. */

function addSwitchForChanges(row) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "changes" });
  button.textContent = "Show what each step changes";
  const show = (on) => {
    document.documentElement.classList.toggle("changes-shown", on);
    button.setAttribute("aria-pressed", on);
  };
  const stored = (...on) => {
    try {
      return on.length ? localStorage.setItem("changes-shown", ...on) : localStorage.getItem("changes-shown");
    } catch {
      return null; // a browser that keeps nothing: the switch holds for this page
    }
  };
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    show(on);
    stored(on);
  });
  show(stored() === "true");
  row.append(button);
}

/* Derivations are folded. One that a link leads to opens, all do for paper, and at a button. */

const proofs = () => document.querySelectorAll("details:is(.proof, .lemmas)");

function linked() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // a % that begins no letter's code names no place
  }
}

function openLinked() {
  const place = linked();
  for (let fold = place?.closest?.("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const proof = place && place.closest(".chain")?.querySelector("details.proof");
  if (!proof || proof.open) return;
  proof.open = true;
  place.scrollIntoView();
}

function addOpenAll(row) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "changes" });
  button.textContent = "Open all derivations";
  button.setAttribute("aria-pressed", false);
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    proofs().forEach((proof) => (proof.open = open));
    button.setAttribute("aria-pressed", open);
    button.textContent = open ? "Close all derivations" : "Open all derivations";
  });
  row.append(button);
}

function addControls() {
  const first = document.querySelector(".chain:has(.step)");
  if (!first) return;
  const row = Object.assign(document.createElement("div"), { className: "controls" });
  if (!first.matches(".entry")) addOpenAll(row); // on its own page a derivation is open
  addSwitchForChanges(row);
  (first.closest("details.lemmas") ?? first).before(row);
  openLinked();
  window.addEventListener("hashchange", openLinked);
  const closed = [];
  // A preview may come twice before the end of one: what it opened the first time is still to be closed.
  window.addEventListener("beforeprint", () => {
    closed.push(...document.querySelectorAll(":is(details.lemmas, .chain details):not([open])"));
    closed.forEach((fold) => (fold.open = true));
  });
  window.addEventListener("afterprint", () => closed.splice(0).forEach((fold) => (fold.open = false)));
}

/* A formula too wide for its place scrolls in its box. Only such a box is a stop of the Tab key. All are measured
   before one is changed: in turn, each change would have the page laid out anew. */

const widths = new ResizeObserver((entries) => {
  const boxes = entries.map(({ target }) => [target, target.scrollWidth > target.clientWidth]);
  boxes.forEach(([box, scrolls]) => markScroller(box, scrolls));
});

function markScroller(box, scrolls) {
  if (scrolls) {
    box.tabIndex = 0;
    box.classList.add("scrolls");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Wide formula, scrolls sideways");
  } else {
    box.classList.remove("scrolls");
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}

/* What Material leaves without a name, or out of the keyboard's reach. */

function mendMaterial() {
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");
  // What is typed is looked for when a key is let go: not what is pasted with the mouse, dropped, or spoken.
  document.querySelector(".md-search__input")?.addEventListener("input", ({ target }) => {
    target.dispatchEvent(new KeyboardEvent("keyup"));
  });
  // On a phone the contents and the search open by labels of hidden boxes, which no Tab key finds.
  for (const [box, name] of [["__drawer", "Contents"], ["__search", "Search"]]) {
    const label = document.querySelector(`.md-header label[for=${box}].md-header__button`);
    if (!label) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", ariaLabel: name });
    button.append(...label.childNodes);
    button.addEventListener("click", () => document.getElementById(box).click());
    label.append(button);
  }
  document.addEventListener("keydown", (event) => {
    const drawer = document.getElementById("__drawer");
    if (event.key === "Escape" && drawer.checked) drawer.click();
  });
}

writeAddresses();
addCopyButtons();
addControls();
mendMaterial();
document.querySelectorAll(".formula").forEach((box) => widths.observe(box));
