import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/shared/theme/tokens.css";
import "@/shared/theme/base.css";
import "./ask.css";
import { App } from "./App";

const root = document.getElementById("root");
if (!root) throw new Error("ask.html holds the element #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
