// Builds the style sheet, the font and the scripts into the static files of zichtlijn.platform.design.
// Usage: npm ci && node build.mjs. Same input, same bytes; no network, no bundler.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const SOURCE = join(HERE, "src");
const TARGET = join(HERE, "..", "src", "zichtlijn", "platform", "design", "static", "design", "dist");
// What the reports of one file need too is part of the package, so that it is there without a front end.
const SHARED = join(HERE, "..", "src", "zichtlijn", "platform", "design", "drawing");
const FONT = "@fontsource-variable/source-sans-3";
const FONT_SUBSETS = ["latin", "latin-ext"];

const read = (...parts) => readFileSync(join(...parts), "utf8").replace(/\r\n/g, "\n");
const manifest = JSON.parse(read(HERE, "package.json"));
const packages = Object.keys(manifest.dependencies).sort();

function packageFile(name, path) {
  const file = join(MODULES, name, path);
  if (!existsSync(file)) throw new Error(`${name}/${path} is missing: run "npm ci" in frontend/ first`);
  return file;
}

/** Component CSS of NL Design System, smallest form, in the order of their names. */
function componentCss() {
  const styles = packages.filter((name) => name.startsWith("@utrecht/"));
  return styles.map((name) => read(packageFile(name, "dist/index.min.css")).trim()).join("\n");
}

/** One @font-face per subset; the browser fetches only the subsets that a page needs. */
function fontCss() {
  const css = read(packageFile(FONT, "wght.css"));
  return FONT_SUBSETS.map((subset) => {
    const face = css.split("@font-face").find((part) => part.includes(`sans-3-${subset}-wght-normal.woff2`));
    const range = face.match(/unicode-range:\s*([^;]+);/)[1];
    return `@font-face{font-family:"Source Sans 3";font-style:normal;font-display:swap;font-weight:200 900;`
      + `src:url("fonts/source-sans-3-${subset}.woff2") format("woff2");unicode-range:${range}}`;
  }).join("\n");
}

/** Colours, then sizes, fonts and the names that the components read. */
const themeCss = () => `${read(SHARED, "colours.css")}\n${read(SOURCE, "theme.css")}`;

/** Our own style sheets: what is in drawings, then the parts in the order of their numbers. */
function ownCss() {
  const parts = readdirSync(join(SOURCE, "styles")).filter((name) => name.endsWith(".css")).sort();
  return [read(SHARED, "drawing.css"), ...parts.map((name) => read(SOURCE, "styles", name))].join("\n");
}

const withoutComments = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s*\n+/g, "\n");
const layer = (name, css) => `@layer ${name}{\n${withoutComments(css)}\n}`;

function styleSheet() {
  return [
    "/* Zichtlijn, EUPL-1.2. Parts of others: see LICENSES in this folder. */",
    "@layer nlds, theme, zichtlijn;",
    fontCss(),
    layer("nlds", componentCss()),
    layer("theme", themeCss()),
    layer("zichtlijn", ownCss()),
    "",
  ].join("\n");
}

function copyFonts() {
  for (const subset of FONT_SUBSETS) {
    const file = packageFile(FONT, `files/source-sans-3-${subset}-wght-normal.woff2`);
    cpSync(file, join(TARGET, "fonts", `source-sans-3-${subset}.woff2`));
  }
}

/** Every package that ends up in the product, under the text of its licence; the same text stands there once. */
function licences() {
  const holders = new Map();
  for (const name of packages) {
    const about = JSON.parse(read(packageFile(name, "package.json")));
    const file = readdirSync(join(MODULES, name)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? read(MODULES, name, file).trim() : `Licence: ${about.license}`;
    holders.set(text, [...(holders.get(text) ?? []), `${name} ${about.version} (${about.license})`]);
  }
  const line = "-".repeat(72);
  return [...holders].map(([text, names]) => `${names.join("\n")}\n${line}\n${text}\n`).join("\n\n");
}

rmSync(TARGET, { recursive: true, force: true });
mkdirSync(join(TARGET, "fonts"), { recursive: true });
writeFileSync(join(TARGET, "zichtlijn.css"), styleSheet());
writeFileSync(join(TARGET, "LICENSES"), licences());
writeFileSync(join(TARGET, "htmx.min.js"), read(packageFile("htmx.org", "dist/htmx.min.js")));
writeFileSync(join(TARGET, "zichtlijn.js"), read(SOURCE, "zichtlijn.js"));
copyFonts();
