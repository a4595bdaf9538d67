// Appended to the French module of the search by site/folding.py; runs in the worker of the theme.
// It folds accents, case and plurals in the index and in what is typed, reads what is typed as
// plain words (no operators, so that « XSD- » on the way to « XSD-013 » is no error), and prefers
// sections in which every word occurs.
(function (lunr) {
  "use strict";

  var QUESTION = /^(?:a|au|aux|ca|combien|comment|des|etre|ou|pourquoi|quand|quel|quelle|quoi|sous|sur|un|une)$/;
  var TYPED = lunr.Query.wildcard.TRAILING;
  var INSIDE = TYPED | lunr.Query.wildcard.LEADING;
  var ENOUGH = 5;
  var REQUIRED = lunr.Query.presence.REQUIRED;

  function fold(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/(\d),(?=\d)/g, "$1.")
      .replace(/([a-z.]{3,})[sx]$/, "$1");
  }

  function foldToken(token) {
    return token.update(fold);
  }

  function telling(word) {
    return lunr.fr.stopWordFilter(word.toLowerCase()) !== undefined && !QUESTION.test(fold(word));
  }

  // The words of a query: those that say something, or all when none does.
  function wordsOf(text) {
    var separator = new RegExp(lunr.tokenizer.separator.source, "g");
    var plain = text.replace(/[~^]\d*|[+*"]/g, " ").replace(separator, " ");
    var all = plain.split(" ").filter(Boolean);
    var kept = all.filter(telling);
    var distinct = (kept.length ? kept : all).map(fold);
    return {
      all: all,
      kept: distinct.filter(function (word, index) {
        return distinct.indexOf(word) === index;
      }),
    };
  }

  function ask(index, words, wildcard, presence) {
    return index.query(function (query) {
      words.forEach(function (word) {
        query.clause({ term: word, wildcard: wildcard, presence: presence });
        query.clause({ term: word, boost: 4 });
      });
    });
  }

  function startsOne(found, word) {
    return Object.keys(found.matchData.metadata).some(function (term) {
      return term.indexOf(word) === 0;
    });
  }

  // The theme strikes out words that begin no term found; these were found in another way.
  function satisfied(results, words) {
    results.forEach(function (found) {
      words.forEach(function (word) {
        if (!startsOne(found, word)) found.matchData.metadata[word] = {};
      });
    });
    return results;
  }

  // « uuid secu » means UuidSecu, « base 64 » means base64.
  function asOneName(index, words) {
    if (words.all.length < 2 || words.all.length > 8) return [];
    return satisfied(ask(index, [fold(words.all.join(""))], TYPED), words.kept);
  }

  function united(first, second) {
    var known = {};
    first.forEach(function (found) {
      known[found.ref] = true;
    });
    return first.concat(
      second.filter(function (found) {
        return !known[found.ref];
      }),
    );
  }

  // The more words a section has, the higher it stands, whatever their weight.
  function someWords(index, words) {
    var results = ask(index, words, TYPED);
    results.forEach(function (found) {
      var met = words.filter(function (word) {
        return startsOne(found, word);
      });
      found.score *= Math.pow(1e6, met.length - words.length);
    });
    return results;
  }

  // « installer » finds « installation »: what is left of a long word without its ending.
  function sameRoot(index, words) {
    var roots = words.map(function (word) {
      return word.length > 6 ? word.slice(0, Math.max(5, Math.floor(word.length * 0.6))) : word;
    });
    return satisfied(ask(index, roots, TYPED, REQUIRED), words);
  }

  function insideNames(index, words) {
    var long = words.filter(function (word) {
      return word.length > 3;
    });
    return long.length ? satisfied(ask(index, long, INSIDE, REQUIRED), words) : [];
  }

  // Equal ends of words are one in the index, compared by this text. The library writes the number of
  // a node behind a label with nothing between, so that « 1 » to node 23 reads like « 12 » to node 3:
  // numbers and ids were lost, and words found that nobody wrote.
  lunr.TokenSet.prototype.toString = function () {
    if (this._str) return this._str;
    var edges = this.edges;
    var ends = Object.keys(edges).sort().map(function (label) {
      return label + edges[label].id + ";";
    });
    return (this.final ? "1" : "0") + ends.join("");
  };

  var french = lunr.fr;
  lunr.Pipeline.registerFunction(foldToken, "fold-fr");
  lunr.fr = Object.assign(function () {
    french.call(this);
    this.pipeline.add(foldToken);
  }, french);

  lunr.QueryParser.prototype.parse = function () {
    var query = this.query;
    wordsOf(this.lexer.str).kept.forEach(function (word) {
      query.clause({ term: word, wildcard: TYPED });
    });
    return query;
  };

  lunr.Index.prototype.search = function (text) {
    var words = wordsOf(text);
    if (!words.kept.length) return [];
    var found = united(asOneName(this, words), ask(this, words.kept, TYPED, REQUIRED));
    if (!found.length) found = insideNames(this, words.kept);
    if (!found.length) found = sameRoot(this, words.kept);
    if (words.kept.length === 1 || found.length >= ENOUGH) return found;
    return united(found, someWords(this, words.kept));
  };
})(self.lunr);
