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

// Refuse an array of another shape, and the first entry that is outside its domain.
function look(name, value, sizes, inside, wanted) {
  const [size, ...others] = sizes;
  if (size === undefined) {
    if (typeof value !== "number" || !inside(value)) throw new RangeError(`${name} = ${value} is not ${wanted}`);
    return;
  }
  if (!value || value.length !== size || size === 0) {
    throw new RangeError(`${name} has the length ${value && value.length}, not ${size}, or is empty`);
  }
  for (let place = 0; place < size; place++) look(`${name}[${place}]`, value[place], others, inside, wanted);
}
