// How many lamps burn? The server draws the gauge; this draws it again when `data-supports` changes.
//
// The drawing is that of livinglab/drawing/gauge.py: tests/frontend/test_gauge.py holds the two together.
const A_ROW = 15;
const PITCH = 20;
const RADIUS = 7;
const EDGE = 1;
const MOST_LAMPS = 90;
const MOST_NEEDED = 60;
const SVG = "http://www.w3.org/2000/svg";

class LiveGauge extends HTMLElement {
  static observedAttributes = ["data-supports"];

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before === null || before === now) return; // as the server drew it
    const supports = Number(now);
    const needed = Number(this.dataset.needed);
    if (!Number.isInteger(supports) || !Number.isInteger(needed)) return;
    this.setAttribute("aria-label", sentence(this, supports, needed));
    this.replaceChildren(...draw(this, supports, needed, Number(before)));
  }
}

function sentence(gauge: HTMLElement, supports: number, needed: number): string {
  return (gauge.dataset.label ?? "{n}/{needed}").replace("{n}", String(supports)).replace("{needed}", String(needed));
}

function draw(gauge: HTMLElement, supports: number, needed: number, before: number): Element[] {
  if (supports > MOST_LAMPS || needed > MOST_NEEDED) return [number(supports, needed), bar(supports, needed)];
  const parts: Element[] = [lamps(Math.min(supports, needed), needed, before)];
  if (supports > needed) parts.push(rule(gauge), lamps(supports - needed, supports - needed, before - needed));
  return parts;
}

function lamps(lit: number, all: number, before: number): Element {
  const rows = Math.ceil(all / A_ROW);
  const width = (A_ROW - 1) * PITCH + 2 * (RADIUS + EDGE);
  const height = (rows - 1) * PITCH + 2 * (RADIUS + EDGE);
  const size = { width: String(width), height: String(height) };
  const picture = make("svg", { class: "gauge", viewBox: `0 0 ${width} ${height}`, ...size });
  picture.setAttribute("aria-hidden", "true");
  for (let place = 0; place < all; place++) picture.append(lamp(place, place < lit, place >= before));
  return picture;
}

function lamp(place: number, isLit: boolean, isNew: boolean): Element {
  const cx = RADIUS + EDGE + (place % A_ROW) * PITCH;
  const cy = RADIUS + EDGE + Math.floor(place / A_ROW) * PITCH;
  const name = isLit ? (isNew ? "lit just-lit" : "lit") : "unlit";
  return make("circle", { class: name, cx: String(cx), cy: String(cy), r: String(RADIUS) });
}

function rule(gauge: HTMLElement): Element {
  const line = document.createElement("span");
  line.className = "gauge-rule";
  line.textContent = gauge.dataset.rule ?? String(gauge.dataset.needed);
  return line;
}

function number(supports: number, needed: number): Element {
  const line = document.createElement("span");
  line.className = "gauge-number";
  line.textContent = `${supports} / ${needed}`;
  return line;
}

function bar(supports: number, needed: number): Element {
  const picture = make("svg", { class: "gauge-bar", viewBox: "0 0 300 14", width: "300", height: "14" });
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  const share = Math.round(298 * Math.min(1, supports / needed));
  picture.append(make("rect", { class: "unlit", x: "1", y: "1", width: "298", height: "12" }));
  picture.append(make("rect", { class: "lit", x: "1", y: "1", width: String(share), height: "12" }));
  return picture;
}

function make(name: string, attributes: Record<string, string>): Element {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

customElements.define("live-gauge", LiveGauge);
