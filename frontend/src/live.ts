// How does an open page stay true? It follows the feed from the number it was made at, and shows what changes.
import { Bar } from "./live/bar";
import { type Item, Line } from "./live/line";
import { cursorOf, isBeingWritten, refetch } from "./live/regions";
import { isShown, show } from "./live/things";
import { isFollowed, tell } from "./live/told";

const SETTLE = 5_000; // ms in which changes that the page only counts are gathered
const TRIES = 4;
const RELOADED = "live-reloaded";

class Page {
  private readonly waiting = new Map<string, Item>();
  private fresh = 0; // new things not shown here
  private settling = 0;
  private newest = 0;
  private readonly bar: Bar | null;
  private readonly line: Line;

  constructor(
    epoch: string,
    private asOf: number,
  ) {
    const bar = document.querySelector<HTMLElement>("[data-live-bar]");
    this.bar = bar && new Bar(bar, (paused) => this.turn(paused));
    this.line = new Line(epoch, asOf, {
      hear: (items) => this.hear(items),
      reset: () => reload(this.bar),
      connected: (is) => this.bar?.connected(is),
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.line.stop() : this.line.start()));
    addEventListener("offline", () => this.line.stop());
    addEventListener("online", () => this.line.again());
    this.line.start();
  }

  private hear(items: Item[]): void {
    const later = items.filter((item) => item.seq > this.asOf); // older ones are in the page already
    const relevant = later.filter((item) => isShown(item) || isFollowed(item.key) || hasKind("live-new", item) || hasKind("live-refresh", item));
    if (!this.bar?.paused) return this.take(relevant);
    for (const item of relevant) this.waiting.set(item.key, item);
    this.bar.waiting(this.waiting.size);
  }

  private turn(paused: boolean): void {
    if (paused) return;
    this.take([...this.waiting.values()]);
    this.waiting.clear();
    this.bar?.connected(true);
  }

  private take(items: Item[]): void {
    const shown = items.filter((item) => isShown(item) || isFollowed(item.key));
    tell(items.filter((item) => isFollowed(item.key)));
    const stale = shown.map(show).some(Boolean);
    const unseen = new Set(items.filter((item) => !isShown(item) && hasKind("live-new", item)).map((item) => item.key));
    if (shown.length) this.bar?.changed(new Set(shown.map((item) => item.key)).size);
    if (unseen.size) this.bar?.offerNew((this.fresh += unseen.size));
    this.newest = Math.max(this.newest, ...items.map((item) => item.seq));
    if (stale) void this.renew(TRIES);
    else if (items.some((item) => hasKind("live-refresh", item))) this.settle(TRIES);
  }

  private settle(tries: number): void {
    this.settling ||= window.setTimeout(() => {
      this.settling = 0;
      void this.renew(tries);
    }, SETTLE);
  }

  /** Fetch the page again; what comes out of a cache may be too old at first. */
  private async renew(tries: number): Promise<void> {
    const cursor = isBeingWritten() ? null : await refetch(this.newest);
    if (cursor !== null) this.asOf = Math.max(this.asOf, cursor);
    else if (tries > 1 && !isBeingWritten()) this.settle(tries - 1);
    else this.bar?.offerChanged();
  }
}

/** Does the page ask for items of this kind, by `data-live-new` or `data-live-refresh`? */
function hasKind(attribute: string, item: Item): boolean {
  return document.querySelector(`[data-${attribute}~="${CSS.escape(item.kind)}"]`) !== null;
}

/** What we have seen fits no more: load the page, but not again and again where that does not help. */
function reload(bar: Bar | null): void {
  if (isBeingWritten() || !mayReload()) return bar?.offerChanged();
  const atOnce = () => (isBeingWritten() ? bar?.offerChanged() : location.reload()); // somebody may have begun meanwhile
  setTimeout(atOnce, Math.random() * 2_000);
}

/** Once a minute; where storage is closed to us nobody remembers, so the reader is asked. */
function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (Date.now() - last < 60_000) return false;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

const made = cursorOf(document);
if (made) new Page(made.epoch, made.cursor);
