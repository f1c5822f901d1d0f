// Words of a query, put in and taken out, so that the text stays the only truth of a search.

/** Split at white space, but not within quotes. */
export function wordsOf(query: string): string[] {
  return query.match(/(?:"[^"]*"?|\S)+/g) ?? [];
}

export const hasWord = (query: string, word: string): boolean =>
  wordsOf(query).some((each) => same(each, word));

/** Puts `word` in or takes it out; of `others`, which exclude it, none stays. */
export function toggleWord(query: string, word: string, others: string[]): string {
  const had = hasWord(query, word);
  const kept = wordsOf(query).filter(
    (each) => !same(each, word) && !others.some((other) => same(each, other)),
  );
  return (had ? kept : [...kept, word]).join(" ");
}

/** `@Home`, or with quotes where the name needs them. */
export const projectWord = (name: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N}_./-]*$/u.test(name)
    ? `@${name}`
    : `@"${name.replace(/["\\]/g, "\\$&")}"`;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
