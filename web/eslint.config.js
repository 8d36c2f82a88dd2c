// Import rules: features never import features, shared never imports features or app, and only
// the app knows them all. The list of features is read from the folder, so a new one is covered.
import { readdirSync } from "node:fs";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

const forbid = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.ts", "e2e", "*.config.ts"] },
  ...tseslint.configs.recommended,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  ...features.map((own) =>
    forbid(
      [`src/features/${own}/**`],
      [
        {
          group: features
            .filter((other) => other !== own)
            .map((other) => `@/features/${other}/*`)
            .concat(["../../../*"]),
          message: "A feature never imports a feature: lift what both need into shared.",
        },
        { group: ["@/app/*"], message: "Features do not know the app." },
      ],
    ),
  ),
  forbid(
    ["src/shared/**", "src/api/**"],
    [{ group: ["@/features/*", "@/app/*"], message: "Shared knows neither features nor app." }],
  ),
  {
    files: ["src/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportDeclaration[source.value='antd']",
          message: "Import antd components one by one (antd/es/button): the first screen is small.",
        },
      ],
    },
  },
);
