// Line icons on a grid of 20, drawn with the colour of their text.
import type { ReactNode } from "react";

const shapes = {
  at: (
    <>
      <circle cx="10" cy="10" r="3" />
      <path d="M13 7v4.2c0 2.6 4 2.3 4-1.2a7 7 0 1 0-3 5.7" />
    </>
  ),
  back: <path d="m12.500 5-5 5 5 5" />,
  bell: (
    <>
      <path d="M5.2 13.5V9a4.8 4.8 0 0 1 9.6 0v4.5M3.5 13.7h13M8.3 16.5c.9.9 2.5.9 3.4 0" />
    </>
  ),
  cal: (
    <>
      <rect x="3" y="3.5" width="14" height="13.5" rx="3.5" />
      <path d="M3 8h14M7 2v3M13 2v3" />
    </>
  ),
  check: (
    <>
      <path d="m4.5 10.5 3.6 3.7 7.4-8.2" />
    </>
  ),
  done: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="m6.9 10.2 2.2 2.2 4.1-4.5" />
    </>
  ),
  down2: (
    <>
      <path d="M10 3.5v9.5M6 9.3l4 4 4-4M4 16.5h12" />
    </>
  ),
  filter: (
    <>
      <path d="M3 5h14M5.75 10h8.5M8.25 15h3.5" />
    </>
  ),
  flag: (
    <>
      <path d="M5 17.5V3.5h9.5L12 7l2.5 3.5H5" />
    </>
  ),
  flagf: (
    <>
      <path d="M5 17.5V3.5h9.5L12 7l2.5 3.5H5" fill="currentColor" />
    </>
  ),
  hash: (
    <>
      <path d="M8 3.5 6.5 16.5M13.5 3.5 12 16.5M4 7.5h13M3 12.5h13" />
    </>
  ),
  inbox: (
    <>
      <rect x="3" y="3.5" width="14" height="13.5" rx="3.5" />
      <path d="M3.2 11h3.6c.5 1.7 1.6 2.5 3.2 2.5s2.7-.8 3.2-2.5h3.6" />
    </>
  ),
  late: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.3l2.7 1.9" />
    </>
  ),
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="2.5" />
      <path d="M6.7 9V6.5a3.3 3.3 0 0 1 6.6 0V9" />
    </>
  ),
  menu: (
    <>
      <path d="M3.5 6h13M3.5 10h13M3.5 14h8" />
    </>
  ),
  note: (
    <>
      <path d="M4 5.5h12M4 10h12M4 14.5h7" />
    </>
  ),
  off: (
    <>
      <path
        d="M7.7 5A4.7 4.7 0 0 1 14.6 7.7a3.95 3.95 0 0 1 1.7 6.6M13 15.5H6a3.7 3.7 0 0
        1-.5-7.37M3 3l14 14"
      />
    </>
  ),
  ok: (
    <>
      <path d="M6 15.5a3.7 3.7 0 0 1-.5-7.37A4.7 4.7 0 0 1 14.6 7.7a3.95 3.95 0 0 1-.6 7.8z" />
      <path d="m7.7 11 1.7 1.7 3-3.2" />
    </>
  ),
  plus: (
    <>
      <path d="M10 4v12M4 10h12" />
    </>
  ),
  repeat: (
    <>
      <path
        d="M3.5 9.5V8.2A3.2 3.2 0 0 1 6.7 5H15m0 0-2.4-2.5M15 5l-2.4 2.5M16.5 10.5v1.3A3.2
        3.2 0 0 1 13.3 15H5m0 0 2.4 2.5M5 15l2.4-2.5"
      />
    </>
  ),
  right: (
    <>
      <path d="m7.5 5 5 5-5 5" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="m13.2 13.2 3.8 3.8" />
    </>
  ),
  settings: (
    <>
      <path d="M3 6h6.5M14.5 6H17M3 14h2.5M10.5 14H17" />
      <circle cx="12" cy="6" r="2.25" />
      <circle cx="8" cy="14" r="2.25" />
    </>
  ),
  skip: (
    <>
      <path d="m4.5 5 6 5-6 5zM15 5v10" />
    </>
  ),
  sort: (
    <>
      <path d="M6.5 4v12M6.5 16l-2.7-2.7M6.5 16l2.7-2.7M13.5 16V4M13.5 4l-2.7 2.7M13.5 4l2.7 2.7" />
    </>
  ),
  timer: (
    <>
      <circle cx="10" cy="11" r="6.2" />
      <path d="M8 2.5h4M10 11V7.8" />
    </>
  ),
  today: (
    <>
      <rect x="3" y="3.5" width="14" height="13.5" rx="3.5" />
      <circle cx="10" cy="10.25" r="2.25" fill="currentColor" stroke="none" />
    </>
  ),
  trash: (
    <>
      <path d="M3.5 5.5h13M8 5.3V3.5h4v1.8M5.3 5.5l.7 11h8l.7-11" />
    </>
  ),
  undo: (
    <>
      <path d="M4 8h8a4.2 4.2 0 0 1 0 8.4H7.5M4 8l3.4-3.4M4 8l3.4 3.4" />
    </>
  ),
  upcoming: (
    <>
      <rect x="3" y="3.5" width="14" height="13.5" rx="3.5" />
      <path d="M7 10.25h6m-2.25-2.5L13 10.25l-2.25 2.5" />
    </>
  ),
  wait: (
    <>
      <path d="M6 15.5a3.7 3.7 0 0 1-.5-7.37A4.7 4.7 0 0 1 14.6 7.7a3.95 3.95 0 0 1-.6 7.8" />
      <path d="M10 17.5v-6.3M7.6 13.3l2.4-2.4 2.4 2.4" />
    </>
  ),
  warn: (
    <>
      <path d="M10 3.2 17.5 16.5h-15z" />
      <path d="M10 8.5v3.5M10 14.3v.01" />
    </>
  ),
  x: (
    <>
      <path d="m5 5 10 10M15 5 5 15" />
    </>
  ),
  text: (
    <>
      <path d="M4.5 5.5v-1h11v1M10 4.5v11.5M8 16h4" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  return (
    <svg className={`i ${className}`} aria-hidden="true" viewBox="0 0 20 20">
      {shapes[name]}
    </svg>
  );
}
