// What changes on the page when a thing changes? Numbers and sentences at once; a changed state asks for the page again.
import type { Item } from "./line";
import { renewPart } from "./parts";

export const LIT = 400; // ms that a lamp takes to light

/** Show the state of one thing wherever the page shows the thing. True where the page must be fetched to show it. */
export function show(item: Item): boolean {
  const places = document.querySelectorAll<HTMLElement>(placesOf(item));
  let stale = false;
  for (const place of places) {
    for (const part of [place, ...place.querySelectorAll<HTMLElement>("[data-live], live-gauge")]) showIn(part, item);
    const whole = place.closest<HTMLElement>("[data-live-part]");
    if (whole) renewPart(whole);
    const shown = place.dataset.liveKey === item.key ? place.dataset.liveState : undefined;
    stale ||= shown !== undefined && typeof item.state.state === "string" && shown !== item.state.state;
  }
  if (places.length) showInChain(item);
  return stale;
}

export function isShown(item: Item): boolean {
  return document.querySelector(placesOf(item)) !== null;
}

/** Where a thing stands on the page; a fault stands where its device does, too. */
function placesOf({ key, state }: Item): string {
  const keys = typeof state.device === "string" ? [key, `device:${state.device}`] : [key];
  return keys.map((name) => `[data-live-key="${CSS.escape(name)}"]`).join(",");
}

function showIn(part: HTMLElement, { state }: Item): void {
  if (part.dataset.live === "turnout" && Number.isInteger(state.turnout)) return put(part, Number(state.turnout).toLocaleString("en"));
  const supports = Number(state.supports);
  if (!Number.isInteger(supports)) return;
  if (part.localName === "live-gauge") light(part, supports);
  else if (part.dataset.live === "supports") put(part, String(supports));
  else if (part.dataset.live && part.dataset.many && state.state === "open") {
    put(part, sentence(part, Number(part.dataset.needed ?? state.needed) - supports));
  }
}

/** The wire of the thing's own page tells how many of how many. */
function showInChain({ key, state }: Item): void {
  const fact = document.querySelector<HTMLElement>("body > nav.chain-object .lit .place-fact");
  if (!fact || state.state !== "open" || !Number.isInteger(state.supports) || !location.pathname.includes(key.slice(key.indexOf(":") + 1))) return;
  put(fact, fact.innerText.replace(/\d+/g, (number) => (number === String(state.needed) ? number : String(state.supports))));
}

function sentence(part: HTMLElement, missing: number): string {
  const { one = "", many = "", reached = "" } = part.dataset;
  if (missing <= 0) return reached;
  return missing === 1 ? one : many.replace("{n}", String(missing));
}

function light(gauge: HTMLElement, supports: number): void {
  if (gauge.dataset.supports === String(supports)) return;
  gauge.dataset.supports = String(supports);
  setTimeout(() => {
    for (const lamp of gauge.querySelectorAll(".just-lit")) lamp.classList.remove("just-lit"); // as the server draws it
  }, LIT);
}

function put(part: HTMLElement, text: string): void {
  if (part.textContent !== text) part.textContent = text;
}
