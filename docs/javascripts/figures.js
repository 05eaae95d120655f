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
    script.onerror = () => failed(new Error(`${file} could not be loaded`));
    document.head.append(script);
  });

  // ---- Numbers as a page says them: the same as `said` in derivations/site/figures/compute.py ----

  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const said = (number, places) => {
    if (number === Infinity) return "infinite";
    const minus = (text) => text.replaceAll("-", "−");
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

  const computed = (parts, state) => {
    const found = { ...state };
    const argument = (value) =>
      Array.isArray(value) ? value.map(argument) : typeof value === "string" ? found[value] : value;
    const combined = (factors) => {
      const names = Object.keys(factors), list = names.map((name) => found[name]).find(Array.isArray);
      const at = (place) => names.reduce((sum, name) =>
        sum + factors[name] * (Array.isArray(found[name]) ? found[name][place] : found[name]), 0);
      return list ? list.map((_, place) => at(place)) : at();
    };
    const value = (step) => {
      if (step.given) return step.given;
      if (step.total) return found[step.total].reduce((sum, term) => sum + term, 0);
      if (step.repeated) return Array.from({ length: found[step.times] }, () => found[step.repeated]).flat();
      if (step.multiplied) {
        const [one, other] = step.multiplied.map((name) => found[name]);
        return one.map((number, place) => number * other[place]);
      }
      if (step.shared) {
        const share = (value) => Array.isArray(value) ? value.map(share) : found[step.like].map(() => value);
        return share(found[step.shared]);
      }
      if (step.joined) return step.joined.flatMap((name) => found[name]);
      if (step.picked) return found[step.picked][found[step.at] - 1];
      if (step.crossing) return crossings(found[step.crossing], found[step.along]);
      if (step.combined) return combined(step.combined);
      const compute = parts.functions[step.entry], given = {};
      for (const [name, where] of Object.entries(step.arguments)) given[name] = argument(where);
      const indices = Object.entries(step.each);
      if (!indices.length) return compute(given);
      return found[indices[0][1]].map((_, place) => {
        const row = { ...given };
        for (const [name, list] of indices) row[name] = found[list][place];
        return compute(row);
      });
    };
    for (const step of parts.steps) found[step.name] = value(step);
    return found;
  };

  const crossings = (values, places) => values.slice(1).flatMap((other, place) => {
    const one = values[place], [a, b] = [places[place], places[place + 1]];
    return (one < 0) === (other < 0) ? [] : [a + (b - a) * one / (one - other)];
  });

  const rows = (parts, found) => Object.fromEntries(Object.entries(parts.rows).map(([set, fields]) => {
    const names = Object.entries(fields);
    const length = names.map(([, of]) => found[of]).find(Array.isArray)?.length ?? 1;
    const at = (value, place) => {
      const one = Array.isArray(value) ? value[place] : value;
      return one === Infinity ? null : one;  // not drawn
    };
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
      get: (set) => {
        const all = inputs(set).map(exact);
        const total = all.reduce((sum, value) => sum + value, 0);
        return all.map((value) => value / total);
      },
      set: (set, values) => values.forEach((value, place) => slide(inputs(set)[place], value)),
      admits: (set, values) => values.every((value, place) => value >= Number(inputs(set)[place].min) - 1e-6) &&
        Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-6,
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
  const slide = (input, asked) => {
    const value = Math.min(Math.max(Number(asked), Number(input.min)), Number(input.max));
    input.value = value;
    input.dataset.exact = value;
    const output = input.parentElement.querySelector("output");
    output.textContent = said(value, output.dataset.places);
  };
  // The others share what one slider leaves, in the proportion that they had, and none falls below the least.
  const share = (set, moved) => {
    const all = inputs(set), least = Number(moved.min), others = all.filter((input) => input !== moved);
    const value = Math.min(Number(moved.value), 1 - least * others.length);
    const spare = others.map((input) => Math.max(exact(input) - least, 1e-9));
    const total = spare.reduce((sum, part) => sum + part, 0), rest = 1 - value - least * others.length;
    slide(moved, value);
    others.forEach((input, place) => slide(input, least + rest * spare[place] / total));
  };

  // ---- One figure ----

  const start = (figure) => {
    const name = figure.dataset.figure, sets = [...figure.querySelectorAll("[data-control]")];
    const kind = (set) => CONTROLS[set.dataset.kind];
    const state = () => Object.fromEntries(sets.map((set) => [set.dataset.control, kind(set).get(set)]));
    const opening = state();
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
      figure.dataset.awake = "";
    };
    let waking = null;
    const wake = () => waking ??= awake().catch((error) => {
      waking = null;
      figure.querySelector(".figure-reading").textContent = `This figure cannot move here: ${error.message}.`;
    });
    const remember = () => {
      const setting = new URLSearchParams({ figure: name });
      for (const [control, value] of Object.entries(state())) {
        setting.set(control, [value].flat().map((number) => Number(number.toFixed(8))).join(","));
      }
      try {
        history.replaceState(null, "", `?${setting}#${figure.id}`);
      } catch { /* from the disk a browser may refuse; the figure moves all the same */ }
    };
    const changed = async () => { await wake(); await update(); remember(); };
    const put = (values) => {
      for (const set of sets) {
        const value = values[set.dataset.control];
        if (value !== undefined) kind(set).set(set, typeof value === "string" ? (found ?? {})[value] : value);
      }
    };

    for (const event of ["pointerenter", "focusin", "touchstart"]) {
      figure.addEventListener(event, wake, { once: true, passive: true });
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
      else if ("link" in button.dataset) {
        remember();
        await navigator.clipboard.writeText(location.href);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy a link to this setting"; }, 2000);
        return;
      }
      changed();
    });

    const asked = new URLSearchParams(location.search);
    if (asked.get("figure") === name) {
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
    }
  };

  document.querySelectorAll("figure.live").forEach(start);
})();
