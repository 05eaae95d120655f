// An array of what a function gives at 0, 1, ...
function table(size, entry) {
  return Array.from({ length: size }, (_, place) => entry(place));
}

function sum(size, entry) {
  let found = 0;
  for (let place = 0; place < size; place++) found += entry(place);
  return found;
}

function product(size, entry) {
  let found = 1;
  for (let place = 0; place < size; place++) found *= entry(place);
  return found;
}

function largest(size, entry) {
  return entry(first_largest(size, entry));
}

function first_largest(size, entry) {
  let found = 0;
  for (let place = 1; place < size; place++) if (entry(place) > entry(found)) found = place;
  return found;
}

// The square root of the sum of squares, which are squares of shares of the largest: those are finite.
function norm(size, entry) {
  const entries = table(size, (place) => Math.abs(entry(place)));
  const most = largest(size, (place) => entries[place]);
  const scale = most > 0 && most < Infinity ? most : 1;
  return scale * Math.sqrt(sum(size, (place) => (entries[place] / scale) ** 2));
}

// A product in which a weight of 0 counts for nothing, also beside what is infinite.
function weighted(weight, value) {
  return weight === 0 ? 0 : weight * value;
}

// The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left.
function exp_of_difference(gap, one, other) {
  const part = gap - one;
  const left = one - (gap - part) - (other + part);
  const whole = Math.exp(gap);
  return whole + whole * (Number.isFinite(left) ? left : 0);
}

// e^x - 1 - x, how far the exponential is above its tangent at 0; near 0 by its series, to the last digit.
function exp_above_tangent(x) {
  let series = 1;
  for (let place = 18; place > 2; place--) series = 1 + (x * series) / place;
  return Math.abs(x) < 1 ? (x * x * series) / 2 : Math.expm1(x) - x;
}

// A power of 1 less a number; where that is small, and 1 less it is rounded, by its logarithm.
function power_of_rest(less, power, exponent) {
  return Math.abs(less) < 1 / 2 ? Math.exp(exponent * Math.log1p(-less)) : power;
}

// The lengths of an array of arrays, outermost first, by its first entries; a number has none.
function shape_of(value) {
  const shape = [];
  for (; value !== null && typeof value === "object" && value.length !== undefined; value = value[0]) {
    shape.push(value.length);
  }
  return shape;
}

// Whether all numbers of an array of arrays, or a number, are whole.
function are_whole(value) {
  return typeof value === "number" ? Number.isInteger(value) : Array.from(value ?? [NaN]).every(are_whole);
}

// Labels as they are; whole numbers in arrays that are one less deep than labels as classes, counted from 0: one-hot
// rows. What is no class is refused, or has a row of NaN if nothing is checked.
function classes_as_labels(name, value, depth, count, check) {
  if (shape_of(value).length !== depth - 1 || !are_whole(value)) return value;
  const rows = (one, said) => {
    if (typeof one !== "number") return Array.from(one, (inner, place) => rows(inner, `${said}[${place}]`));
    const inside = one >= 0 && one < count;
    if (check && !inside) throw new RangeError(`${said} = ${one} is not a class from 0 to ${count - 1}`);
    return table(count, (place) => (inside ? Number(place === one) : NaN));
  };
  return rows(value, name);
}

// How long the leading axes are together, where each argument has some of them.
function lengths_of_batch(leading) {
  const shapes = Object.values(leading);
  const depth = Math.max(...shapes.map((shape) => shape.length));
  return table(depth, (axis) => {
    const found = new Set(shapes.map((shape) => shape.at(axis - depth) ?? 1));
    found.delete(1);
    if (found.size > 1) {
      const said = Object.entries(leading).map(([name, shape]) => `(${shape}) in ${name}`);
      throw new RangeError(`the leading axes do not fit together: ${said.join(", ")}`);
    }
    return found.size ? [...found][0] : 1;
  });
}

// What is computed at each place of the leading axes, the batch: those that an argument has beyond its own. They fit
// together as NumPy's do: an axis that is missing, or has the length 1, is the same everywhere.
function over_batch(given, axes, compute) {
  const names = Object.keys(given);
  const leading = {};
  for (const name of names) {
    const shape = shape_of(given[name]);
    if (shape.length < axes[name]) {
      throw new RangeError(`${name} takes arrays ${axes[name]} deep or deeper, found ${shape.length}`);
    }
    leading[name] = shape.slice(0, shape.length - axes[name]);
    if (leading[name].includes(0)) throw new RangeError(`${name} is empty: its leading axes are (${leading[name]})`);
  }
  const lengths = lengths_of_batch(leading);
  const depth = lengths.length;
  const computed = (values, called, axis) => {
    if (axis === depth) return compute(values, called);
    const own = names.filter((name) => leading[name].length >= depth - axis);
    for (const name of own) {
      const length = leading[name].at(axis - depth);
      const found = values[name] && values[name].length;
      if (found !== length) throw new RangeError(`${called[name]} has the length ${found}, not ${length}`);
    }
    return table(lengths[axis], (place) => {
      const [here, said] = [{ ...values }, { ...called }];
      for (const name of own) {
        const spot = values[name].length === 1 ? 0 : place;
        here[name] = values[name][spot];
        said[name] = `${called[name]}[${spot}]`;
      }
      return computed(here, said, axis + 1);
    });
  };
  return computed(given, Object.fromEntries(names.map((name) => [name, name])), 0);
}

// Refuse an array of another shape, and the first entry that is outside its domain.
function look(name, value, sizes, inside, wanted) {
  const [size, ...others] = sizes;
  if (size === undefined) {
    if (typeof value !== "number" || !inside(value)) throw new RangeError(`${name} = ${value} is not ${wanted}`);
    return;
  }
  if (size === 0) throw new RangeError(`${name} is empty`);
  if (!value || value.length !== size) {
    throw new RangeError(`${name} has the length ${value && value.length}, not ${size}`);
  }
  for (let place = 0; place < size; place++) look(`${name}[${place}]`, value[place], others, inside, wanted);
}
