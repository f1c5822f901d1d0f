import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { ActionsProvider } from "./app/actions";
import { AppShell } from "./app/AppShell";
import { EngineProvider } from "./app/engine";
import { showTheme } from "./app/preferences";
import { goTo } from "./app/router";
import { connect } from "./engine/client";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/list.css";
import "./styles/detail.css";
import "./styles/forms.css";
import "./styles/choices.css";
import "./styles/layers.css";

showTheme();
const worker = new Worker(new URL("./engine/worker.ts", import.meta.url), { type: "module" });
const client = connect(worker);

createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <I18nProvider locale="en-GB">
      <RouterProvider navigate={(href) => goTo(href)}>
        <EngineProvider client={client}>
          <ActionsProvider>
            <AppShell />
          </ActionsProvider>
        </EngineProvider>
      </RouterProvider>
    </I18nProvider>
  </StrictMode>,
);
