// How do sources become what Django serves? One entry for all pages, one for the map's, one style for the desk.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0, // fonts stay files; style-src has no data:
    rollupOptions: { input: ["src/main.ts", "src/map.ts", "src/styles/desk.css"] },
  },
});
