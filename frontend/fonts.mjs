// Which bytes of Pretendard does a page need? One core file for every page, small slices for the rest.
//
// Pretendard's own dynamic subset sent 403 kB in 15 files to a list of nine proposals; this cut sends under half of
// it: weights 400-800 only, no alternates but tabular figures, and three tiers of syllables:
//   core   Latin and the most common syllables, preloaded by every page
//   slice  the rest of the 2,350 syllables that Korean text is written with (KS X 1001), a few kB each
//   rare   all other syllables, by code point; named first in the sheet, so that core and slices win over them
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const source = require.resolve("pretendard/dist/web/variable/woff2/PretendardVariable.woff2");
const ranks = require.resolve("pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css");
const out = new URL("./node_modules/.cache/fonts/", import.meta.url);

const CORE_RANKS = 8; // the most common of Pretendard's 92 ranks of characters
const SLICE = 28; // syllables in a slice
const RARE_BLOCK = 280; // code points in a rare file
const [FIRST, LAST] = [0xac00, 0xd7a3]; // all Hangul syllables
const PUNCTUATION = "·…—–“”‘’「」『』→←↑↓×÷±°′″℃%₩€©";
const OPTIONS = {
  targetFormat: "woff2",
  noHinting: true,
  keepFeatures: ["kern", "tnum", "ccmp", "mark", "locl"],
  variationAxes: { wght: { min: 400, max: 800, default: 400 } },
};

const stamp = createHash("sha256")
  .update(readFileSync(new URL(import.meta.url)))
  .update(readFileSync(ranks))
  .digest("hex");
const stampFile = new URL("stamp", out);
if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) await cut();

async function cut() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const font = readFileSync(source);
  const faces = [];
  for (const [name, characters, range] of files()) {
    writeFileSync(new URL(`${name}.woff2`, out), await subsetFont(font, characters.join(""), OPTIONS));
    faces.push(face(name, range ?? points(characters)));
  }
  writeFileSync(new URL("fonts.css", out), faces.join("\n"));
  writeFileSync(stampFile, stamp);
}

function files() {
  const ranked = readRanks();
  const korean = new Set(standardSyllables());
  const core = [...latin(), ...ranked.slice(0, CORE_RANKS).flat()];
  const taken = new Set(core);
  const common = ranked.slice(CORE_RANKS).flat().filter((one) => korean.has(one) && !taken.has(one));
  common.forEach((one) => taken.add(one));
  return [...rare(taken), ...slices(common), ["core", [...new Set(core)]]];
}

function* slices(common) {
  for (let at = 0; at < common.length; at += SLICE) yield [`slice-${at / SLICE}`, common.slice(at, at + SLICE)];
}

function* rare(taken) {
  for (let first = FIRST; first <= LAST; first += RARE_BLOCK) {
    const last = Math.min(first + RARE_BLOCK - 1, LAST);
    const characters = block(first, last).filter((one) => !taken.has(one));
    yield [`rare-${first.toString(16)}`, characters, `U+${first.toString(16)}-${last.toString(16)}`];
  }
}

function readRanks() {
  const ranges = [...readFileSync(ranks, "utf8").matchAll(/unicode-range: ([^;]+);/g)];
  return ranges.map((found) => expand(found[1])).reverse(); // the file names the rarest first
}

function expand(range) {
  return range.split(",").flatMap((part) => {
    const [first, last = first] = part.trim().slice(2).split("-").map((hex) => parseInt(hex, 16));
    return block(first, last);
  });
}

function standardSyllables() {
  const bytes = [];
  for (let row = 0xb0; row <= 0xc8; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
  return [...new TextDecoder("euc-kr").decode(Uint8Array.from(bytes))];
}

function latin() {
  return [...block(0x20, 0x7e), ...PUNCTUATION];
}

function block(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}

function points(characters) {
  const codes = characters.map((one) => one.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const code of codes) {
    if (runs.length && code === runs.at(-1)[1] + 1) runs.at(-1)[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([a, b]) => `U+${a.toString(16)}${a === b ? "" : `-${b.toString(16)}`}`).join(",");
}

function face(name, range) {
  return (
    `@font-face{font-family:"Livinglab Sans";font-weight:400 800;font-display:swap;` +
    `src:url(./${name}.woff2) format("woff2");unicode-range:${range}}`
  );
}
