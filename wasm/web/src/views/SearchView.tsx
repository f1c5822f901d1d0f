// Search: what is typed filters at once, and facets put their words into the same text.
import { useEffect, useState } from "react";
import { Button, Checkbox, Input, SearchField, ToggleButton } from "react-aria-components";
import { sentence, useAnswer } from "../app/engine";
import { useList } from "../app/list";
import { hasWord, projectWord, toggleWord } from "../app/query_text";
import { goToPage, usePlace } from "../app/router";
import { EmptyView } from "../components/EmptyView";
import { Icon } from "../components/Icon";
import { SortMenu, useSort } from "../components/SortMenu";
import { Notices } from "../components/Notices";
import { TaskList } from "../components/TaskList";
import type { Places, View } from "../engine/api";
import { useTitle } from "./ListView";

const restMs = 60;

export function SearchView({ query, add }: { query: string; add(): void }) {
  const asked = useRested(query);
  const view: View = { type: "search", query: asked };
  const list = useList(view, useSort(view));
  const { page, error } = list;
  useTitle("Search");
  return (
    <div className="list-in">
      <h1 className="vh">Search</h1>
      <QueryField query={query} />
      <FacetPills query={query} />
      <Notices />
      <div className="reads">
        <p role="status">
          {error ? <span className="late">{sentence(error)}</span> : (page?.heading.summary ?? "")}
        </p>
        {page && page.count > 0 && <SortMenu view={view} sorts={page.sorts} />}
      </div>
      {page && !error && page.count > 0 && (
        <TaskList label="Tasks found" groups={list.groups} more={list.more} />
      )}
      {page && !error && page.count === 0 && <EmptyView empty={page.empty} page={view} add={add} />}
    </div>
  );
}

function QueryField({ query }: { query: string }) {
  return (
    <SearchField
      aria-label="Search"
      className="search"
      value={query}
      onChange={(text) => goToPage({ type: "search", query: text }, "replace")}
    >
      <Icon name="search" />
      <Input id="query" autoFocus placeholder="Words, #tag, @project, !high, due:today" />
      <Button className="btn-icon clear">
        <Icon name="x" />
      </Button>
    </SearchField>
  );
}

// What is typed in one go is asked once.
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

interface Facet {
  name: string;
  /** Whether one of its words excludes the others. */
  single: boolean;
  words: { word: string; label: string; open?: number }[];
}

function facetsOf(places: Places | null): Facet[] {
  const word = (text: string, label: string) => ({ word: text, label });
  const status = [
    word("is:done", "Done"),
    word("is:cancelled", "Cancelled"),
    word("is:any", "Open and closed"),
  ];
  const due = [
    word("is:overdue", "Overdue"),
    word("due:today", "Today"),
    word("due<=+7d", "In 7 days or less"),
    word("-has:due", "No date"),
  ];
  const priority = [
    word("!urgent", "Urgent"),
    word("!high", "High"),
    word("!medium", "Medium"),
    word("!low", "Low"),
  ];
  const projects = places?.projects.map(({ name, open }) => ({
    word: projectWord(name),
    label: `@${name}`,
    open,
  }));
  const tags = places?.tags.map(({ name, open }) => ({
    word: `#${name}`,
    label: `#${name}`,
    open,
  }));
  const facets = [
    { name: "Status", single: true, words: status },
    { name: "Due", single: true, words: due },
    { name: "Priority", single: true, words: priority },
    { name: "Project", single: true, words: projects ?? [] },
    { name: "Tag", single: false, words: tags ?? [] },
  ];
  return facets.filter(({ words }) => words.length > 0);
}

function useFacets(): Facet[] {
  return facetsOf(useAnswer("places", (client) => client.places()).value);
}

function toggle(query: string, facet: Facet, word: string): void {
  const others = facet.single ? facet.words.map((each) => each.word) : [];
  goToPage({ type: "search", query: toggleWord(query, word, others) }, "replace");
}

/** Beside the results where there is room. */
export function FacetPane() {
  const { page } = usePlace();
  const query = page.type === "search" ? page.query : "";
  return (
    <aside className="detail facets" aria-label="Narrow the search">
      {useFacets().map((facet) => (
        <div className="facet" role="group" aria-label={facet.name} key={facet.name}>
          <span className="legend">{facet.name}</span>
          {facet.words.map(({ word, label, open }) => (
            <Checkbox
              key={word}
              className="tick"
              isSelected={hasWord(query, word)}
              onChange={() => toggle(query, facet, word)}
            >
              <span className="box" />
              <span className="name" dir="auto">
                {label}
              </span>
              {Boolean(open) && <span className="n">{open}</span>}
            </Checkbox>
          ))}
        </div>
      ))}
    </aside>
  );
}

/** Above them where there is not. */
function FacetPills({ query }: { query: string }) {
  return (
    <div className="pills" role="group" aria-label="Narrow the search">
      {useFacets().flatMap((facet) =>
        facet.words.map(({ word, label }) => (
          <ToggleButton
            key={word}
            className="pill"
            isSelected={hasWord(query, word)}
            onChange={() => toggle(query, facet, word)}
          >
            {hasWord(query, word) && <Icon name="check" className="i-s" />}
            {label}
          </ToggleButton>
        )),
      )}
    </div>
  );
}
