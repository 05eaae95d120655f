/* A search for a formula: `p - y` or `log(sum(exp` finds what states it. The theme's search knows words only. So what
   it is asked, and what it answers, passes through here: a query that is a formula is made a row of signs, as the
   formulas of the index were (derivations/writing/asked.py, by whose tables it is done here too), and what has this
   row comes first. So does what has the id that was typed, or the condition. Loaded with the index, when somebody
   searches. */
"use strict";

{
  const SETUP = 0, QUERY = 2, RESULT = 3; // the messages of the theme's search
  const MOST = 12, RULES = "rules.html#";
  let tables, sections, asked = [], query = "", spelt = true;

  const rowOfSigns = (query) => {
    let text = query.replace(new RegExp(tables.letters, "gu"), (letter) => letter.normalize("NFKC")).normalize("NFD");
    for (const [pattern, made] of tables.rewrites) text = text.replace(new RegExp(pattern, "gu"), made);
    const row = [];
    for (const sign of text.match(new RegExp(tables.sign, "gu")) ?? []) {
      const name = sign.toLowerCase();
      if (Object.hasOwn(tables.names, name)) row.push(tables.names[name]);
      else if (/^[A-Za-z]{3,}$/.test(sign) || !new RegExp(`^(?:${tables.known})$`, "u").test(sign)) return [];
      else row.push(...(/^[A-Za-z]{2}$/.test(sign) ? sign : [sign]));
    }
    return row;
  };

  const askedFormula = (query) => {
    const row = rowOfSigns(query), words = query.toLowerCase().match(/[a-z]+/g) ?? [];
    const bare = /^[A-Za-z\d\s.-]*$/.test(query);
    if (row.length === 1) return bare && !tables.greek.includes(words[0]) ? [] : row;
    if (bare && words.some((word) => word.length === 2 && !Object.hasOwn(tables.names, word))) return [];
    return /[(\[]/.test(query) || row.some((sign) => tables.signs.includes(sign)) ? row : [];
  };

  /* To the search for words a sign may forbid a word, weigh it, or be a fault; and it takes every word for the
     beginning of one, `to` for that of token and 1 for that of 1951. A word with a weight, here 1, it takes for itself.
     Quotation marks stay: they hold words together. */
  const plainWords = (query) => {
    const named = query.replace(/∇/gu, " nabla ");
    const said = named.replace(/[^\p{L}\p{N}\s._"]+/gu, " ").replace(/\.(?!\w)/gu, " ").trim();
    const words = said.split(/\s+/).filter((word) => !tables.little.includes(word.toLowerCase()));
    if (words.length < 2 || said.includes('"')) return words.join(" ") || said;
    return words.map((word) => (/^(?:\p{L}|[\d.]+)$/u.test(word) ? `${word}^1` : word)).join(" ");
  };

  // As many letters as one mistypes may be wrong, missing or too many: of a short word none.
  const nearlySpelt = (query) => wordsIn(query.replace(/[^\p{L}\p{N}\s]+/gu, " "))
    .map((word) => (word.length < 4 ? word : `${word}~${word.length < 8 ? 1 : 2}`)).join(" ");

  const wordsIn = (text) =>
    text.toLowerCase().split(/[\s_]+/u).filter((word) => word && !tables.little.includes(word));

  const sidesOf = (row) => {
    const sides = [[]];
    for (const sign of row) tables.relations.includes(sign) ? sides.push([]) : sides.at(-1).push(sign);
    return [row, ...sides];
  };

  const isLetter = (sign) => /^\p{L}$/u.test(sign) && !tables.signs.includes(sign);

  const sameButForLetters = (row, part) => {
    const isQuantity = /^\p{Lu}$/u.test(row[0]) || tables.of_two.includes(row[0]);
    const isOfLetters = row.length > 1 && row[0] === part[0] && isQuantity;
    if (row.filter((sign) => tables.signs.includes(sign)).length < 2 && !isOfLetters) return false;
    const there = new Map(), back = new Map();
    return row.every((sign, place) => {
      const other = part[place];
      if (sign !== other && !(isLetter(sign) && isLetter(other))) return false;
      if (!there.has(sign)) there.set(sign, other);
      if (!back.has(other)) back.set(other, sign);
      return there.get(sign) === other && back.get(other) === sign;
    });
  };

  const within = (row, side) => {
    let found = 0;
    for (let place = 0; place + row.length <= side.length && found < 1; place += 1) {
      const part = side.slice(place, place + row.length);
      if (row.every((sign, at) => sign === part[at])) found = 1;
      else if (!found && sameButForLetters(row, part)) found = tables.renamed;
    }
    return found * Math.sqrt(row.length / side.length || 0);
  };

  const turned = (row) => {
    const places = [...row.keys()].filter((place) => Object.hasOwn(tables.turned, row[place]));
    return places.length === 1
      ? [[...row.slice(places[0] + 1), tables.turned[row[places[0]]], ...row.slice(0, places[0])]] : [];
  };

  // What is told of the slope of a loss that nobody named, dL/dz = p - y: of a result on such a slope, the rest.
  const waysToAsk = (row, rows) => {
    const ways = [row, ...turned(row)];
    for (const way of ways) {
      const isSlope = way.slice(0, 3).join(" ") === "d / d" && way[4] === "=";
      const begins = (signs) => tables.slopes_of.some((begun) => `${signs} `.startsWith(`${begun}${way[3]} `));
      if (isSlope && Object.keys(rows).some(begins)) return [way.slice(5)];
    }
    return ways;
  };

  /* Of those that state the same, what more build on comes first. */
  const likeness = (row, rows, users) => (1 + Math.log1p(users ?? 0) / 4) *
    Math.max(0, ...waysToAsk(row, rows).flatMap((way) => Object.entries(rows).flatMap(([signs, weight]) =>
      sidesOf(signs.split(" ")).map((side) => weight * within(way, side)))));

  const sorted = (words) => wordsIn(words).sort().join(" ");

  // What a section is about: the id of its entry, also one of the past, whose page leads on.
  const idAt = (location) => location.split("#")[1] ?? /^r\/(.+)\.html$/.exec(location)?.[1];

  /* How well a section is what was asked for: by its formula, else by its id or the name of a rule,
     else by a condition in whole words. */
  const fitting = () => {
    const named = sorted(query);
    const isSymbol = ({ location, formula }) => location === "notation.html" && formula[asked[0]];
    if (/^\p{L}_\p{L}+$/u.test(query) && asked.length === 1 && sections.some(isSymbol)) return isSymbol; // y_k, x_if
    const saysAll = (name) => named.includes(" ") && sorted(name) === named;
    const isRule = ({ location }) => location === RULES + query
      || (location.startsWith(RULES) && saysAll(location.slice(RULES.length)));
    if (query.includes("_") && sections.some(isRule)) return isRule; // before a formula: log_of_product
    // The name of a theorem in Coq, also with the word before it and what the proofs put after it.
    const bare = query.replace(/^(?:theorem|lemma|definition)\s+/, "");
    const inCoq = bare.replace(/(?:_derived|_value|_to_step_\d+)+$/, "");
    const isInCoq = ({ location }) => /^\w+\.\w+$/.test(idAt(location)) && idAt(location).replace(".", "_") === inCoq;
    if (sections.some(isInCoq))
      return (section) => (isInCoq(section) ? 2 : section.location.endsWith(`.${query}`));
    // The name of a function: "binary_cross_entropy_with_logits" is one of them, whose library nobody typed.
    if (/_[a-z]+$/.test(query) && sections.some(({ location }) => location.endsWith(`.${query}`)))
      return ({ location }) => location.endsWith(`.${query}`);
    if (asked.length)
      return ({ formula, boost, users }) => likeness(asked, formula ?? {}, users) * (boost ?? 1);
    if (/^\w+\.\w/.test(query))
      return ({ location }) => idAt(location)?.startsWith(query) && query.length / location.length;
    if (sections.some(isRule)) return isRule; // by its words: "linearity of the sum" is linearity_of_sum
    const isNamed = ({ location }) => /^\w+\.\w+$/.test(idAt(location)) && saysAll(idAt(location).replace(".", " "));
    if (sections.some(isNamed)) return isNamed; // "softmax jacobian" is softmax.jacobian
    const whole = query.split(" ").length > 3;
    const words = Object.keys(tables.conditions).filter((known) => whole && known.startsWith(query));
    const ids = new Set(words.flatMap((known) => tables.conditions[known]));
    if (ids.size) return ({ location, boost }) => ids.has(location.split("#")[1]) && (boost ?? 1);
    return calledSo(tidyWords(query));
  };

  /* What has all the words in its title and in the words for it comes before what has some of them often: most of the
     words in the title, and little else there, is best, and next a name for it that is asked for. Of two words many
     titles have both, and the search for words does better. */
  const tidyWords = (text) => wordsIn(text.replace(/<[^>]*>|[^\p{L}\p{N}.]+/gu, " "));
  const calledSo = (wanted) => ({ title, words, formula, text, boost, users, phrases }) => {
    const isAsked = (name) => name.toSorted().join(" ") === wanted.toSorted().join(" ");
    if (phrases?.map(tidyWords).some(isAsked)) return 3;
    if (wanted.length < 3 || !(words || formula)) return 0; // neither an entry nor a function of a library
    const inTitle = tidyWords(title), inWords = tidyWords(words ?? "");
    const is = (word) => (other) => other === word || (word.length > 3 && other.startsWith(word));
    const weights = wanted.map((word) => (inTitle.some(is(word)) ? 1 : inWords.some(is(word)) ? 0.7 : 0));
    if (weights.includes(0)) return 0;
    const inPart = weights.reduce((one, other) => one + other) / Math.sqrt(wanted.length * inTitle.length || 1);
    const names = /Other words: (.*?)\.(?: · |<)/.exec(text)?.[1].split(", ").map(tidyWords) ?? [];
    const asWhole = isAsked(inTitle) ? 1.25 : names.some(isAsked) ? 1 : 0;
    return Math.max(inPart, asWhole) * (boost ?? 1) * (1 + Math.log1p(users ?? 0) / 8);
  };

  /* The sections that fit, the best first, page by page: as the theme's search gives them. */
  const stating = () => {
    const fit = fitting();
    const hits = sections.map((section) => ({ ...section, score: fit(section) || 0, terms: {} }));
    const best = hits.filter((hit) => hit.score).sort((one, other) => other.score - one.score).slice(0, MOST);
    const pages = new Map();
    for (const hit of best) {
      const page = hit.location.split("#")[0];
      if (asked.length && hit.location !== page)
        hit.text = hit.text.replace(/^<p>(.*?)( · |<\/p>)/, "<p><mark>$1</mark>$2");
      pages.set(page, [...(pages.get(page) ?? []), { ...hit, score: 1000 + hit.score }]); // above what words find
    }
    for (const [page, found] of pages)
      if (!found.some(({ location }) => location === page))
        found.push({ ...sections.find(({ location }) => location === page), score: 0, terms: {} });
    return pages;
  };

  const answered = (items) => {
    const pages = stating(), others = [];
    for (const group of items) {
      const known = pages.get(group[0].location.split("#")[0]);
      if (!known) others.push(group);
      else known.push(...group.filter((hit) => !known.some(({ location }) => location === hit.location)));
    }
    return [...pages.values(), ...others];
  };

  // For the list of all results, results.js, and for a test.
  window.formulaAsked = (query, given) => (tables = { ...tables, ...given }, askedFormula(query));
  window.formulaLikeness = likeness;
  window.wordsAsked = wordsIn;

  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type === SETUP && message.data?.config?.formulas) {
      tables = message.data.config.formulas;
      sections = message.data.docs;
      // Called before the theme's own listener, javascripts/later.js.
      this.answer = ({ data }) => {
        if (data.type !== RESULT) return;
        data.data.items = answered(data.data.items);
        if (data.data.items.length || !spelt || !query || asked.length) return;
        spelt = false; // nothing has these words: what has some that are spelt nearly so
        postMessage.call(this, { type: QUERY, data: nearlySpelt(query) });
      };
    }
    if (message?.type === QUERY && tables) {
      query = message.data.trim().toLowerCase();
      spelt = true;
      asked = askedFormula(message.data);
      message = { ...message, data: plainWords(message.data) };
    }
    return postMessage.call(this, message, ...rest);
  };
}
