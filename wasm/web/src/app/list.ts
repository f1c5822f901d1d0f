// A list that grows by pages and stays true when something changes.
import { useCallback, useEffect, useRef, useState } from "react";
import {
  EngineError,
  type ListPage,
  type Row,
  type Section,
  type SortKey,
  type View,
} from "../engine/api";
import { useActions } from "./actions";
import { useEngine } from "./engine";

const pageSize = 100;

export interface Group {
  section: Section;
  rows: Row[];
}

export interface List {
  page: ListPage | null;
  groups: Group[];
  error: EngineError | null;
  more: (() => void) | null;
}

interface Loaded {
  key: string;
  page: ListPage;
}

export function useList(view: View, sort: SortKey | null): List {
  const { client, version, opened } = useEngine();
  const { leaving } = useActions();
  const key = JSON.stringify([view, sort]);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState<{ key: string; error: EngineError } | null>(null);
  const current = useRef<Loaded | null>(null);
  current.current = loaded?.key === key ? loaded : null;
  const still = leaving.size === 0; // a row about to go stays where it is until then

  useEffect(() => {
    if (!opened || !still) return;
    let wanted = true;
    const limit = Math.max(pageSize, current.current?.page.rows.length ?? 0);
    client.list({ view, sort, limit, cursor: null }).then(
      (page) => {
        if (!wanted) return;
        setLoaded((old) => ({ key, page: old?.key === key ? reuse(old.page, page) : page }));
        setFailed(null);
      },
      (error: unknown) => wanted && setFailed({ key, error: asEngineError(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [client, opened, version, still, key]); // `key` says what `view` and `sort` are

  const next = loaded?.key === key ? loaded.page.next : null;
  const more = useCallback(() => {
    if (next === null) return;
    client.list({ view, sort, limit: pageSize, cursor: next }).then(
      (page) =>
        setLoaded((old) =>
          old?.key === key && old.page.next === next ? { key, page: join(old.page, page) } : old,
        ),
      asEngineError, // a cursor ends when much has changed; the list is read anew then anyway
    );
  }, [client, key, next]);

  const page = loaded?.page ?? null; // until the next one is here, the last one stays
  return {
    page,
    groups: page ? groupsOf(page) : [],
    error: failed?.key === key ? failed.error : null,
    more: next === null ? null : more,
  };
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  throw error;
}

// Rows that did not change stay the same objects, so that they are not drawn again.
function reuse(old: ListPage, page: ListPage): ListPage {
  const known = new Map(old.rows.map((row) => [row.id, row]));
  const rows = page.rows.map((row) => {
    const before = known.get(row.id);
    return before && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
  return { ...page, rows };
}

// Something may have moved between the pages: each row stands once.
function join(first: ListPage, second: ListPage): ListPage {
  const headed = new Set(first.sections.map((section) => section.key));
  const there = new Set(first.rows.map((row) => row.id));
  const sections = [...first.sections, ...second.sections.filter(({ key }) => !headed.has(key))];
  const rows = [...first.rows, ...second.rows.filter(({ id }) => !there.has(id))];
  return { ...second, sections, rows };
}

function groupsOf(page: ListPage): Group[] {
  const rows = new Map<string, Row[]>(page.sections.map(({ key }) => [key, []]));
  for (const row of page.rows) rows.get(row.section)?.push(row);
  return page.sections.map((section) => ({ section, rows: rows.get(section.key)! }));
}
