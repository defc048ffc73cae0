import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * The layers of the package. Each folder may import only the folders named here (and itself);
 * everything else below the listed roots is refused, so imports point downwards only.
 */
const layers = {
  "provider/resource": ["provider/shell", "provider/lookup", "provider/util"],
  "provider/shell": ["provider/util"],
  "provider/handlers": [
    "provider/settings",
    "provider/inputs",
    "provider/cloud",
    "provider/client",
    "provider/util",
  ],
  "provider/lookup": [
    "provider/handlers",
    "provider/inputs",
    "provider/settings",
    "provider/cloud",
    "provider/client",
    "provider/util",
  ],
  "provider/settings": ["provider/client", "provider/util"],
  "provider/inputs": ["provider/settings", "provider/cloud", "provider/client", "provider/util"],
  "provider/cloud": ["provider/client", "provider/util"],
  "provider/client": ["provider/util"],
  "provider/util": [],
  simulator: [],
  cli: [
    "provider/handlers",
    "provider/settings",
    "provider/inputs",
    "provider/cloud",
    "provider/client",
    "provider/util",
    "simulator",
  ],
};

const roots = ["provider", "simulator", "cli", "scripts", "test", "bench", "examples"];

const zones = Object.entries(layers).map(([folder, allowed]) => ({
  target: `./${folder}`,
  from: roots.flatMap((root) =>
    root === "provider"
      ? Object.keys(layers)
          .filter((other) => other.startsWith("provider/") && other !== folder && !allowed.includes(other))
          .map((other) => `./${other}`)
      : folder === root || allowed.includes(root)
        ? []
        : [`./${root}`],
  ),
  message: `${folder} may import only itself${allowed.map((name) => `, ${name}`).join("")}.`,
}));

export default tseslint.config(
  { ignores: [".cache/", "dist/", "coverage/", "node_modules/", "**/node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      "import-x/resolver-next": [importX.createNodeResolver({ extensions: [".ts", ".js", ".mjs"] })],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      // Numbers in messages are the point of most messages here.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: false, skipComments: false }],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "URL", "setTimeout", "clearTimeout", "AbortSignal", "fetch", "Buffer"].map(
          (name) => [name, "readonly"],
        ),
      ),
    },
    rules: { "max-lines": ["error", 250] },
  },
  {
    // The serialised shell: an import would be captured into the stored text, and a comment would be stored with it.
    files: ["provider/shell/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines": ["error", 300] },
  },
);
