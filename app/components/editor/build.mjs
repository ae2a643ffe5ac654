// node build.mjs OUT STAMP: bundles src/editor.js into OUT/editor.js and gathers the licences of what is in it.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [out, stamp] = process.argv.slice(2);
const made = await build({
  entryPoints: ["src/editor.js"],
  outfile: join(out, "editor.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  banner: { js: `/* onrecord ${stamp}; licences of the packages inside: editor-licences.txt */` },
});

const inside = new Set();
for (const path of Object.keys(made.metafile.inputs)) {
  const found = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) inside.add(found[1]);
}

const told = [...inside].sort().map((name) => {
  const folder = join("node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).sort().find((each) => /^(licen[cs]e|copying)/i.test(each));
  const author = typeof about.author === "string" ? about.author : about.author?.name;
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${about.license}. Author: ${author}.`;
  if (!about.license && !file) throw new Error(`${name} names no licence`);
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
});
if (!told.length || !existsSync(join(out, "editor.js"))) throw new Error("nothing was bundled");
const rule = `\n${"-".repeat(78)}\n\n`;
writeFileSync(
  join(out, "editor-licences.txt"),
  `The editor (editor.js) holds these packages.\n${rule}${told.join(rule)}`,
);
