// Who else wants the items? Parts of a page that follow many things at once, by the beginnings of their keys.
//
// They are told by an event on the document, so that their scripts need nothing of ours; what is told before they
// listen is kept for them.
import type { Item } from "./line";
import { renewPart } from "./parts";

const kept: Item[] = [];

/** Does a part of the page name the beginning of this key in `data-live-keys`? */
export function isFollowed(key: string): boolean {
  const parts = document.querySelectorAll<HTMLElement>("[data-live-keys]");
  return [...parts].some((part) => isNamed(part, key));
}

function isNamed(part: HTMLElement, key: string): boolean {
  return part.dataset.liveKeys?.split(" ").some((start) => key.startsWith(start)) ?? false;
}

export function tell(items: Item[]): void {
  if (!items.length) return;
  for (const part of document.querySelectorAll<HTMLElement>("[data-live-keys][data-live-part]")) {
    if (items.some((item) => isNamed(part, item.key))) renewPart(part);
  }
  const heard = !document.dispatchEvent(new CustomEvent("live-items", { detail: items, cancelable: true }));
  if (!heard) kept.push(...items);
}

document.addEventListener("live-listening", () => tell(kept.splice(0)));
