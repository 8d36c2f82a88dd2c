import type { ThemeConfig } from "antd/es/config-provider";
import theme from "antd/es/theme";
import type { ThemeName } from "./choice";

export { type ThemeChoice, type ThemeName, useTheme } from "./choice";

// Ant Design wants colours it can compute with, so the tokens it needs stand here once more; the
// primary colour of controls is ink, and only a primary button is seal red.
const ink = { light: "#1f2937", dark: "#dfe3e9" } as const;
const seal = { light: "#c0392b", dark: "#c7463a" } as const;
const card = { light: "#ffffff", dark: "#1c232d" } as const;
const line = { light: "#d9d5ca", dark: "#3d4756" } as const;
const paper = { light: "#faf9f6", dark: "#141921" } as const;

/** Ant Design in the look of the house. */
export function antTheme(name: ThemeName, phone: boolean): ThemeConfig {
  return {
    algorithm: name === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    token: {
      colorPrimary: ink[name],
      colorInfo: ink[name],
      colorLink: ink[name],
      colorError: name === "dark" ? "#e2695c" : seal.light,
      colorSuccess: "#2e8b57",
      colorWarning: "#d98e04",
      colorTextBase: name === "dark" ? "#e8e6e1" : ink.light,
      colorTextPlaceholder: name === "dark" ? "#969eab" : "#6b7380",
      colorBgBase: card[name],
      colorBgContainer: card[name],
      colorBgLayout: paper[name],
      colorBorder: line[name],
      borderRadius: 7,
      controlHeight: phone ? 44 : 34,
      fontSize: phone ? 16 : 14,
      fontFamily: "var(--sans)",
      // Nothing to wait for at a counter; and a transition cut short by the next click would leave
      // a button that still says it is loading.
      motion: false,
      wireframe: false,
    },
    components: {
      Button: {
        colorPrimary: seal[name],
        colorPrimaryHover: name === "dark" ? "#d4574b" : "#a93226",
        colorPrimaryActive: "#962b20",
        primaryColor: "#ffffff",
        // The dark algorithm would dim it below what can be read.
        colorError: name === "dark" ? "#e2695c" : seal.light,
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        fontWeight: 500,
      },
      Tooltip: { maxWidth: 360 },
    },
  };
}
