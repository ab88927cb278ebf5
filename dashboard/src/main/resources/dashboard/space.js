/** The parameters of a search space, read from a study file's tree as the service shows it, and what they draw. */

/**
 * A parameter: where the configuration has it, its label, its distribution, and the option it hangs on.
 * @typedef {{key: string, label: string, keyword: string, args: any[], under: string}} Parameter
 * What it draws: probabilities of values, or a density over an axis.
 * @typedef {{kind: 'bars', bars: [string, number][]}|{kind: 'curve', log: boolean, points: [number, number][]}} Prior
 */

const KEYWORDS = ['uniform', 'normal', 'loguniform', 'lognormal', 'quniform', 'qnormal', 'qloguniform', 'qlognormal',
  'log', 'qlog', 'uniformint', 'randint', 'choice', 'pchoice'];
const MOST_BARS = 60;
const CURVE_POINTS = 120;
const SIGMAS = 3.2;

/** @param {any} space @returns {Parameter[]} */
export function parameters(space) {
  /** @type {Parameter[]} */
  const found = [];
  walk(space, '', '', found);
  return found.filter((one, at) => found.findIndex((other) => other.label === one.label) === at);
}

/** @param {any} tree @param {string} key @param {string} under @param {Parameter[]} found */
function walk(tree, key, under, found) {
  if (tree === null || typeof tree !== 'object' || Array.isArray(tree)) {
    return;
  }
  const keyword = KEYWORDS.find((word) => word in tree);
  if (!keyword || Object.keys(tree).some((member) => member !== keyword && member !== 'label')) {
    Object.entries(tree).forEach(([member, value]) => walk(value, key ? `${key}.${member}` : member, under, found));
    return;
  }
  const args = Array.isArray(tree[keyword]) ? tree[keyword]
      : typeof tree[keyword] === 'object' && tree[keyword] !== null ? Object.values(tree[keyword]) : [tree[keyword]];
  found.push({key, label: tree.label ?? key, keyword, args, under});
  if (keyword === 'choice' || keyword === 'pchoice') {
    args.forEach((option, at) => {
      const value = keyword === 'pchoice' ? option[1] : option;
      walk(value, key, `${tree.label ?? key} = ${optionName(value, at)}`, found);
    });
  }
}

/** What an option is called. @param {any} value @param {number} at */
export function optionName(value, at) {
  if (value === null || typeof value !== 'object') {
    return value === null ? 'none' : String(value);
  }
  return value.label ? `${value.label}` : value.type ? String(value.type) : `option ${at + 1}`;
}

/** @param {Parameter} parameter @returns {Prior} */
export function prior({keyword, args}) {
  if (keyword === 'choice') {
    return {kind: 'bars', bars: args.map((option, at) => [optionName(option, at), 1 / args.length])};
  }
  if (keyword === 'pchoice') {
    return {kind: 'bars', bars: args.map(([probability, option], at) => [optionName(option, at), probability])};
  }
  if (keyword === 'randint') {
    return grid((args.length > 1 ? args[0] : 0), args[args.length - 1] - 1, 1, () => 1);
  }
  if (keyword === 'uniformint') {
    return grid(args[0], args[1], 1, () => 1);
  }
  const [first, second, step] = args;
  const log = keyword.includes('log');
  if (keyword.includes('normal')) {
    const bell = (x) => Math.exp(-0.5 * ((x - first) / second) ** 2);
    const low = first - SIGMAS * second;
    const high = first + SIGMAS * second;
    return step ? quantised(low, high, step, log, bell) : curve(low, high, log, bell);
  }
  const plainBounds = keyword === 'log' || keyword === 'qlog';
  const low = plainBounds ? Math.log(first) : first;
  const high = plainBounds ? Math.log(second) : second;
  return step ? quantised(low, high, step, log, () => 1) : curve(low, high, log, () => 1);
}

/** A density over the axis itself: of a logarithmic one, per unit of the logarithm. */
function curve(low, high, log, density) {
  const points = [];
  for (let i = 0; i <= CURVE_POINTS; i++) {
    const x = low + ((high - low) * i) / CURVE_POINTS;
    points.push([log ? Math.exp(x) : x, density(x)]);
  }
  return /** @type {Prior} */ ({kind: 'curve', log, points});
}

/** Multiples of a step, by the mass around each. */
function quantised(low, high, step, log, density) {
  const from = log ? Math.exp(low) : low;
  const to = log ? Math.exp(high) : high;
  return grid(Math.ceil(from / step - 1e-9) * step, Math.floor(to / step + 1e-9) * step, step, (value) => {
    const at = log ? Math.log(Math.max(value, step / 2)) : value;
    return density(at) / (log ? Math.max(value, step / 2) : 1);
  });
}

/** @param {number} low @param {number} high @param {number} step @param {(value: number) => number} weight */
function grid(low, high, step, weight) {
  const size = Math.round((high - low) / step) + 1;
  if (size > MOST_BARS) {
    const points = [];
    for (let i = 0; i <= CURVE_POINTS; i++) {
      const value = low + ((high - low) * i) / CURVE_POINTS;
      points.push([value, weight(value)]);
    }
    return /** @type {Prior} */ ({kind: 'curve', log: false, points});
  }
  const values = Array.from({length: Math.max(1, size)}, (_, i) => low + i * step);
  const sum = values.reduce((total, value) => total + weight(value), 0);
  return /** @type {Prior} */ ({kind: 'bars', bars: values.map((value) => [String(Number(value.toPrecision(6))),
    weight(value) / sum])});
}

/** How an expression is written. @param {Parameter} parameter */
export function written({keyword, args}) {
  return keyword === 'choice' || keyword === 'pchoice' ? `${keyword} of ${args.length}` : `${keyword}(${args.join(', ')})`;
}
