/* Graphs. A box that is pointed at or has the focus shows which lines are its own. The graph of everything gets buttons
   that make it larger and smaller, and a list that leads to a chapter; where it goes beyond its frame it scrolls as
   anything does, and can be dragged. */
"use strict";

const PHONE = 600, MARGIN = 8; // pixels: a frame that is narrower is a phone's; what stays free beside a heading
const READABLE = 0.8; // the scale at which a name can still be read

function trace(svg) {
  const boxes = new Map([...svg.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  const lines = new Map([...boxes.keys()].map((number) => [number, []]));
  for (const line of svg.querySelectorAll("[data-joins]")) {
    for (const end of line.dataset.joins.split(" ")) lines.get(end).push(line);
  }
  let shown = [];
  const show = (box) => {
    shown.forEach((part) => part.classList.remove("joined"));
    const own = box ? lines.get(box.dataset.box) : [];
    shown = [...own, ...own.flatMap((line) => line.dataset.joins.split(" ").map((end) => boxes.get(end)))];
    shown.forEach((part) => part.classList.add("joined"));
    svg.classList.toggle("traced", own.length > 0);
  };
  const boxAt = (event) => event.target.closest?.("[data-box]");
  svg.addEventListener("pointerover", (event) => show(boxAt(event) ?? boxAt({ target: document.activeElement })));
  svg.addEventListener("pointerleave", () => show(null));
  svg.addEventListener("focusin", (event) => show(boxAt(event)));
  svg.addEventListener("focusout", () => show(null));
}

function addZoom(whole) {
  const frame = whole.querySelector(".graph-box"), svg = frame.querySelector("svg");
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const fit = () => Math.min(frame.clientWidth / width, frame.clientHeight / height, 1);
  const STEP = 1.3, LARGEST = 2;
  let scale = 1;
  svg.style.minWidth = 0;

  /* The point of the picture that stands at x, y of the frame stays there. */
  const zoom = (to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    const before = scale;
    scale = Math.max(fit(), Math.min(LARGEST, to));
    svg.style.width = `${width * scale}px`;
    frame.scrollLeft = ((frame.scrollLeft + x) * scale) / before - x;
    frame.scrollTop = ((frame.scrollTop + y) * scale) / before - y;
  };
  const deeds = {
    Larger: () => zoom(scale * STEP), Smaller: () => zoom(scale / STEP), All: () => zoom(0), "As it is": () => zoom(1),
  };
  const keys = { "+": "Larger", "=": "Larger", "-": "Smaller", 0: "All", 1: "As it is" };
  const row = Object.assign(document.createElement("div"), { className: "graph-buttons" });
  for (const [label, deed] of Object.entries(deeds)) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.textContent = label;
    button.addEventListener("click", deed);
    row.append(button);
  }
  row.append(chapterChoice(svg, frame, () => zoom(Math.max(scale, READABLE))));
  whole.prepend(row);
  frame.classList.add("framed");
  frame.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deeds[keys[event.key]]();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the wheel alone scrolls
    event.preventDefault();
    const at = frame.getBoundingClientRect();
    zoom(scale * STEP ** (-event.deltaY / 100), event.clientX - at.left, event.clientY - at.top);
  }, { passive: false });
  drag(frame);
  zoom(frame.clientWidth < PHONE ? READABLE : 0); // all of it on a phone could be read by nobody
}

/* A list of the chapters: the picture goes to the one that is chosen, large enough to be read. */
function chapterChoice(svg, frame, enlarge) {
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", "Go to a chapter in the picture");
  choice.append(new Option("Go to a chapter …", "", true, true));
  const bands = [...svg.querySelectorAll(".band")];
  bands.forEach((band, place) => choice.append(new Option(band.textContent.replaceAll("_", " "), place)));
  choice.addEventListener("change", () => {
    enlarge();
    const at = bands[choice.value].getBoundingClientRect(), edge = frame.getBoundingClientRect();
    frame.scrollBy(at.left - edge.left - MARGIN, at.top - edge.top - MARGIN);
    choice.selectedIndex = 0;
  });
  return choice;
}

function drag(frame) {
  let moved = 0;
  frame.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons !== 1) return;
    moved += Math.abs(event.movementX) + Math.abs(event.movementY);
    frame.scrollBy(-event.movementX, -event.movementY);
  });
  frame.addEventListener("pointerdown", () => (moved = 0));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  // Who has dragged does not want to follow the link that was below the pointer.
  frame.addEventListener("click", (event) => moved > 5 && event.preventDefault());
}

document.querySelectorAll("svg.graph:has([data-box])").forEach(trace);
document.querySelectorAll(".graph-whole").forEach(addZoom);
