// A title within a sentence.
const longest = 48;

/** Cut at a character that a reader sees, so that no emoji is torn. */
export function cut(text: string): string {
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return characters.length > longest ? `${characters.slice(0, longest).join("").trimEnd()}…` : text;
}

/** “Oat milk” */
export const quoted = (title: string): string => `“${cut(title)}”`;
