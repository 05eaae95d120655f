// The figures that move. A page carries still pictures; a figure's own script (its functions, printed from the
// catalogue, its steps and its chart) and the drawing library are loaded when somebody first points at it, focuses it
// or follows a link to one of its settings.
(() => {
  if (window.figures) return;
  const folder = new URL("../assets/figures/", document.currentScript.src).href;
  const registered = {}, loads = {};
  window.figures = { register: (name, parts) => { registered[name] = parts; } };

  const load = (file) => loads[file] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = folder + file;
    script.onload = done;
    script.onerror = () => {
      delete loads[file]; // the next touch tries again
      script.remove();
      failed(new Error(`${file} could not be loaded`));
    };
    document.head.append(script);
  });

  // ---- Numbers as a page says them: the same as `said` in derivations/site/figures/compute.py ----

  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹", NOISE = 1e-12;
  const enough = (size, places) => {
    const told = Number(places === "" ? size.toPrecision(3) : size.toFixed(Number(places)));
    if (told === 1 && 1 - size > NOISE) return 1 - Number((1 - size).toExponential(1).split("e")[1]);
    return told === 0 && size > NOISE ? "" : places;
  };
  const said = (number, wanted) => {
    if (number === Infinity) return "infinite";
    const places = enough(Math.abs(number), wanted), minus = (text) => text.replaceAll("-", "−");
    if (places !== "") {
      const text = number.toFixed(Number(places));
      return minus(Number(text) === 0 ? text.replace("-", "") : text);
    }
    if (number === 0 || (Math.abs(number) >= 0.001 && Math.abs(number) < 10000)) {
      return minus(String(Number(number.toPrecision(3))));
    }
    const [digits, power] = number.toExponential(1).split("e");
    const raised = String(Number(power)).replace(/[0-9-]/g, (sign) => sign === "-" ? "⁻" : SUPERSCRIPTS[sign]);
    return minus(`${digits} × 10${raised}`);
  };

  // ---- The steps ----

  const part = (value, place) => Array.isArray(value) ? value[place] : value;
  const added = (all) => all.reduce((sum, number) => sum + number, 0);
  const combined = (factors, found) => {
    const names = Object.keys(factors), list = names.map((name) => found[name]).find(Array.isArray);
    const at = (place) => added(names.map((name) => factors[name] * part(found[name], place)));
    return list ? list.map((_, place) => at(place)) : at();
  };
  const shared = (value, like) => Array.isArray(value) ? value.map((one) => shared(one, like)) : like.map(() => value);
  const argument = (value, found) =>
    Array.isArray(value) ? value.map((one) => argument(one, found)) : typeof value === "string" ? found[value] : value;
  const result = (step, found, { functions }) => {
    const given = {}, indices = Object.entries(step.each);
    for (const [name, where] of Object.entries(step.arguments)) given[name] = argument(where, found);
    const at = (place) => functions[step.entry](
      { ...given, ...Object.fromEntries(indices.map(([name, list]) => [name, found[list][place]])) });
    return indices.length ? found[indices[0][1]].map((_, place) => at(place)) : at();
  };
  // By the names of the kinds in derivations/site/figures/parts.py.
  const KINDS = {
    Fixed: (step) => step.values,
    Total: (step, found) => added(found[step.of]),
    Multiplied: (step, found) => found[step.one].map((number, place) => number * found[step.other][place]),
    Repeated: (step, found) => Array.from({ length: found[step.times] }, () => found[step.of]).flat(),
    Shared: (step, found) => shared(found[step.of], found[step.like]),
    Joined: (step, found) => step.of.flatMap((name) => found[name]),
    Picked: (step, found) => found[step.of][found[step.at] - 1],
    Crossing: (step, found) => crossings(found[step.of], found[step.along]),
    Combined: (step, found) => combined(step.factors, found),
    Compute: result,
    Unguarded: result,
  };
  const computed = (parts, state) => {
    const found = { ...state };
    for (const step of parts.steps) found[step.name] = KINDS[step.kind](step, found, parts);
    return found;
  };

  const crossings = (values, places) => values.slice(1).flatMap((other, place) => {
    const one = values[place], [a, b] = [places[place], places[place + 1]];
    return (one < 0) === (other < 0) ? [] : [a + (b - a) * one / (one - other)];
  });

  const rows = (parts, found) => Object.fromEntries(Object.entries(parts.rows).map(([set, fields]) => {
    const names = Object.entries(fields);
    const length = names.map(([, of]) => found[of]).find(Array.isArray)?.length ?? 1;
    const at = (value, place) => part(value, place) === Infinity ? null : part(value, place);  // not drawn
    return [set, Array.from({ length }, (_, place) =>
      Object.fromEntries(names.map(([name, of]) => [name, at(found[of], place)])))];
  }));

  // ---- The controls: what they say, setting them, and which values an address may give them ----

  const CONTROLS = {
    numbers: {
      get: (set) => { const all = inputs(set).map(exact); return single(set) ? all[0] : all; },
      set: (set, values) => [values].flat().forEach((value, place) => slide(inputs(set)[place], value)),
      admits: () => true, // what is beyond an end becomes the end
    },
    simplex: {
      get: (set) => { const all = inputs(set).map(exact); return all.map((value) => value / added(all)); },
      set: (set, values) => hundredths(values).forEach((value, place) => slide(inputs(set)[place], value)),
      admits: (set, values) => values.every((value, place) => value >= Number(inputs(set)[place].min) - 1e-6) &&
        Math.abs(added(values) - 1) < 1e-6,
    },
    toggles: {
      get: (set) => buttons(set).map((button) => button.getAttribute("aria-pressed") === "true" ? 1 : 0),
      set: (set, values) => values.forEach((value, place) => press(buttons(set)[place], Number(value) === 1)),
      admits: (set, values) => values.every((value) => value === 0 || value === 1),
    },
    choice: {
      get: (set) => Number(inputs(set).find((input) => input.checked).value),
      set: (set, values) => {
        const wanted = Number([values].flat()[0]);
        inputs(set).forEach((input) => { input.checked = Number(input.value) === wanted; });
      },
      admits: (set, values) => inputs(set).some((input) => Number(input.value) === values[0]),
    },
  };
  const inputs = (set) => [...set.querySelectorAll("input")];
  const exact = (input) => Number(input.dataset.exact ?? input.value);
  const buttons = (set) => [...set.querySelectorAll("button")];
  const single = (set) => inputs(set).length === 1;
  const press = (button, on) => {
    button.setAttribute("aria-pressed", on);
    button.lastElementChild.textContent = on ? "1" : "0";
  };
  // It is used as it is shown: a slider stands at a mark, unless buttons of its figure lead to between two of them.
  const slide = (input, asked, proportion = asked) => {
    input.value = asked;
    const held = Math.min(Math.max(Number(asked), Number(input.min)), Number(input.max));
    const value = input.closest("[data-between]") ? held : Number(input.value);
    input.dataset.exact = value;
    input.dataset.proportion = proportion;
    const output = input.parentElement.querySelector("output");
    output.textContent = said(value, output.dataset.places);
  };
  // Where hundredths would tell equals apart: thousandths; one without an equal takes what is left. Thirds stay.
  const alike = (shares) => {
    const odd = shares.findIndex((share) => shares.filter((other) => Math.abs(other - share) < 1e-6).length === 1);
    const whole = shares.map((share, place) => place === odd ? 0 : Math.round(share * 1000));
    whole[odd] = Math.round(added(shares) * 1000) - added(whole);
    return odd < 0 ? shares : whole.map((number) => number / 1000);
  };
  // Shares in whole hundredths that have the same sum: as printed, they add to it.
  const hundredths = (shares) => {
    const whole = shares.map((share) => Math.floor(share * 100 + 1e-6));
    const left = Math.round(added(shares) * 100) - added(whole);
    const order = [...shares.keys()].sort((a, b) => (shares[b] * 100 - whole[b]) - (shares[a] * 100 - whole[a]));
    if (left && Math.abs(shares[order[left - 1]] - shares[order[left]]) < 1e-6) return alike(shares);
    return whole.map((number, place) => (number + (order.indexOf(place) < left ? 1 : 0)) / 100);
  };
  // The others share what one slider leaves, in the proportion that they had, and none falls below the least.
  const share = (set, moved) => {
    const all = inputs(set), least = Number(moved.min), others = all.filter((input) => input !== moved);
    const value = Math.min(Number(moved.value), 1 - least * others.length);
    const spare = others.map((input) => Math.max(Number(input.dataset.proportion ?? input.value) - least, 1e-9));
    const rest = 1 - value - least * others.length;
    const wanted = spare.map((part) => least + rest * part / added(spare));
    slide(moved, value);
    // Where nothing is left the proportion is kept for when something is given back.
    hundredths(wanted).forEach((share, place) =>
      slide(others[place], share, rest > 1e-9 ? wanted[place] : least + spare[place]));
  };

  // ---- The address: figure by figure, what each was set to ----

  const settings = () => {
    const all = new Map();
    let own;
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name === "figure") all.set(value, own = new URLSearchParams({ figure: value }));
      else own?.set(name, value);
    }
    return all;
  };
  const addressed = settings();

  // ---- One figure ----

  const start = (figure) => {
    const name = figure.dataset.figure, sets = [...figure.querySelectorAll("[data-control]")];
    const kind = (set) => CONTROLS[set.dataset.kind];
    const state = () => Object.fromEntries(sets.map((set) => [set.dataset.control, kind(set).get(set)]));
    const opening = state();
    const reading = figure.querySelector(".figure-reading"), sentence = [...reading.childNodes];
    let view = null, found = null;

    const say = () => {
      for (const span of figure.querySelectorAll("[data-value]")) {
        const [list, place] = span.dataset.value.split(".");
        span.textContent = said(place === undefined ? found[list] : found[list][place], span.dataset.places);
      }
    };
    const draw = () => {
      if (!view) return;
      for (const [set, data] of Object.entries(rows(registered[name], found))) view.data(set, data);
      return view.runAsync();
    };
    const update = () => {
      if (!registered[name]) return;
      found = computed(registered[name], state());
      say();
      return draw();
    };
    const awake = async () => {
      await load(`${name}.js`);
      update();
      await load("vega.js");
      if (!view) {
        const chart = figure.querySelector(".figure-chart > div"), hidden = document.createElement("div");
        ({ view } = await vegaEmbed(hidden, registered[name].chart, { renderer: "svg", actions: false, hover: false }));
        await draw();
        // The box keeps the shape of the still picture: nothing below it moves, though fonts are measured differently.
        const { width, height } = chart.querySelector("svg").viewBox.baseVal;
        chart.style.aspectRatio = `${width} / ${height}`;
        chart.replaceChildren(...hidden.querySelectorAll("svg"));
      }
      if (!sentence[0].isConnected) {
        reading.replaceChildren(...sentence);
        say();
      }
      figure.dataset.awake = "";
    };
    let waking = null;
    const wake = () => waking ??= awake().catch((error) => {
      waking = null;
      reading.textContent = `This figure cannot move here: ${error.message}.`;
    });
    const remember = () => {
      const own = new URLSearchParams({ figure: name }), all = settings();
      for (const [control, value] of Object.entries(state())) {
        own.set(control, [value].flat().map((number) => Number(number.toFixed(8))).join(","));
      }
      all.delete(name); // what was moved last is named last
      const others = [...all].filter(([other]) => document.getElementById(`figure-${other}`)).map(([, set]) => set);
      const link = new URL(`?${[...others, own].join("&")}#${figure.id}`, location.href).href;
      try {
        history.replaceState(null, "", link);
      } catch { /* from the disk a browser may refuse; the figure moves all the same */ }
      return link;
    };
    const changed = async () => { await wake(); await update(); remember(); };
    const put = (values) => {
      for (const set of sets) {
        const value = values[set.dataset.control];
        if (value !== undefined) kind(set).set(set, typeof value === "string" ? (found ?? {})[value] : value);
      }
    };

    for (const event of ["pointerenter", "focusin", "touchstart"]) {
      figure.addEventListener(event, wake, { passive: true });
    }
    figure.addEventListener("input", (event) => {
      const set = event.target.closest("[data-control]");
      if (!set) return;
      if (set.dataset.kind === "simplex") share(set, event.target);
      else if (event.target.type === "range") slide(event.target, event.target.value);
      changed();
    });
    figure.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.closest("[data-kind=toggles]")) press(button, button.getAttribute("aria-pressed") !== "true");
      else if ("reset" in button.dataset) put(opening);
      else if (button.dataset.preset) {
        await wake();
        for (let times = Number(button.dataset.times); times > 0; times -= 1) {
          put(JSON.parse(button.dataset.preset));
          if (registered[name]) found = computed(registered[name], state());
        }
      }
      else if ("link" in button.dataset) return copyFrom(button, remember()); // site.js
      changed();
    });

    const asked = addressed.get(name);
    if (asked) {
      const values = {};
      for (const set of sets) {
        const expected = [opening[set.dataset.control]].flat().length;
        const texts = (asked.get(set.dataset.control) ?? "").split(","), numbers = texts.map(Number);
        const wellFormed = texts.length === expected && texts.every((text) => text.trim());
        if (wellFormed && numbers.every(Number.isFinite) && kind(set).admits(set, numbers)) {
          values[set.dataset.control] = numbers;
        }
      }
      put(values);
      wake();
      if (!location.hash && [...addressed.keys()].at(-1) === name) location.replace(`#${figure.id}`);
    }
  };

  document.querySelectorAll("figure.live").forEach(start);
})();
