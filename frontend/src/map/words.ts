// What does the page say of the lamps? Its numbers and words, brought up to date; every word was printed by the server.
import type { Street } from "./street";

const LIT = ["on", "dimmed"];
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Seoul" });
const NUMBER = new Intl.NumberFormat("en");

/** A copy of the legend's mark for a condition: shape and word. */
export function mark(condition: string): Node {
  const printed = document.querySelector(`[data-legend="${condition}"] [data-mark]`)?.firstElementChild;
  return printed?.cloneNode(true) ?? document.createTextNode(condition);
}

export function word(condition: string): string {
  return document.querySelector(`[data-legend="${condition}"] [data-mark]`)?.textContent?.trim() ?? condition;
}

/** Lamps by condition of each dong. */
export function counts(street: Street): Map<string, Record<string, number>> {
  const found = new Map<string, Record<string, number>>();
  street.conditions.forEach((how, place) => {
    const dong = street.dongs[place] ?? "";
    const counted = found.get(dong) ?? {};
    counted[how] = (counted[how] ?? 0) + street.count(place);
    found.set(dong, counted);
  });
  return found;
}

/** Bring headline, legend, the list by dong and the rows of lamps up to date. */
export function tell(street: Street, dong: string, changed: Map<number, string>): void {
  const byDong = counts(street);
  const all: Record<string, number> = {};
  for (const counted of byDong.values()) for (const [how, number] of Object.entries(counted)) all[how] = (all[how] ?? 0) + number;
  headline(all);
  legend(dong ? (byDong.get(dong === "none" ? "" : dong) ?? {}) : all);
  for (const row of document.querySelectorAll<HTMLElement>("[data-dong]:not(lamp-map)")) line(row, byDong.get(row.dataset.dong ?? "") ?? {});
  sort();
  for (const [place, how] of changed) lamp(street.tag(place), how);
}

function headline(all: Record<string, number>): void {
  const title = document.querySelector<HTMLElement>("[data-headline]");
  if (!title) return;
  const lit = sum(all, LIT);
  const when = lit ? "some" : sum(all, Object.keys(all)) === (all.unheard ?? 0) ? "waiting" : "none";
  for (const part of title.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== when;
  put(title.querySelector("[data-lit]"), lit);
}

function legend(counted: Record<string, number>): void {
  for (const item of document.querySelectorAll<HTMLElement>("[data-legend]")) {
    const number = counted[item.dataset.legend ?? ""] ?? 0;
    put(item.querySelector("[data-number]"), number);
    if (number) item.hidden = false;
  }
}

function line(row: HTMLElement, counted: Record<string, number>): void {
  const lit = sum(counted, LIT);
  put(row.querySelector("[data-lit]"), lit);
  const every = sum(counted, Object.keys(counted));
  row.querySelector("[data-share]")?.setAttribute("width", String(every ? Math.floor((100 * lit) / every) : 0));
  for (const item of row.querySelectorAll<HTMLElement>("[data-notable]")) {
    const number = counted[item.dataset.notable ?? ""] ?? 0;
    item.hidden = !number;
    put(item.querySelector("[data-number]"), number);
  }
}

/** A dong stands under "nothing is amiss" as long as that is so; the page that comes with the next change lists it whole. */
function sort(): void {
  const [amiss, calm] = ["amiss", "calm"].map((name) => document.querySelector<HTMLElement>(`[data-dongs=${name}]`));
  const title = document.querySelector<HTMLElement>("[data-calm-title]");
  if (!amiss || !calm || !title) return;
  for (const row of [...amiss.children, ...calm.children]) {
    const place = row.querySelector("[data-notable]:not([hidden])") ? amiss : calm;
    const focused = document.activeElement;
    if (row.parentElement !== place) place.append(row);
    if (row.contains(focused)) (focused as HTMLElement).focus({ preventScroll: true });
  }
  amiss.hidden = !amiss.children.length;
  title.hidden = !calm.children.length || (amiss.hidden && !document.querySelector("tr[data-dong]"));
  put(title.querySelector("[data-calm-number]"), calm.querySelectorAll('[data-dong]:not([data-dong=""])').length);
}

function lamp(tag: string, how: string): void {
  const cell = document.querySelector<HTMLElement>(`[data-live-key="device:${CSS.escape(tag)}"] [data-condition]`);
  if (!cell || cell.dataset.condition === how) return;
  cell.dataset.condition = how;
  cell.replaceChildren(mark(how));
}

function sum(counted: Record<string, number>, names: string[]): number {
  return names.reduce((total, name) => total + (counted[name] ?? 0), 0);
}

function put(part: Element | null, number: number): void {
  const text = NUMBER.format(number);
  if (part && part.textContent !== text) part.textContent = text;
}

/** A played night has a clock of its own: the newest word of any lamp, in milliseconds. */
export function playedUntil(moment: number): void {
  const place = document.querySelector<HTMLElement>("[data-played]");
  if (place) place.textContent = (place.dataset.played ?? "").replace("{time}", CLOCK.format(new Date(moment)));
}
