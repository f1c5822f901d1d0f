import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Everything is served from the page's own origin under a strict Content-Security-Policy: no inline
// script or style, no data: URL for code.
export default defineConfig({
  plugins: [react(), optimizeLocales.vite({ locales: ["en-US"] })], // its words, in our language,
  worker: { format: "es" },
  build: {
    target: ["chrome123", "edge123", "firefox128", "safari17.5"], // where light-dark() works
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: true,
    chunkSizeWarningLimit: 700, // kB; served compressed from the same machine, and once
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8636" } },
});
