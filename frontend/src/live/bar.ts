// What does a reader learn of the line itself? When the page is as of, what waits, and how to stop it.
//
// The server prints the bar with its words; here it comes to life. Words are spoken at most every ten seconds.

const SPOKEN = 10_000; // ms
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Seoul" });
const KEPT = "live-paused";

export class Bar {
  paused = remembered();
  private readonly news: HTMLElement | null;
  private readonly status: HTMLElement | null;
  private readonly button: HTMLButtonElement | null;
  private changes = 0;
  private quiet = 0;

  constructor(
    private readonly bar: HTMLElement,
    private readonly onPause: (paused: boolean) => void,
  ) {
    this.news = bar.querySelector("[data-live-news]");
    this.status = bar.querySelector("[role=status]");
    this.button = bar.querySelector("[data-live-pause]");
    if (!this.button) return;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.turn());
    this.label(0);
  }

  /** The line stands, or does not: then the page is as of the last time it did. */
  connected(is: boolean): void {
    if (this.paused) return;
    this.say("[data-live-state-of-line]", is ? (this.bar.dataset.live ?? "") : (this.bar.dataset.asOf ?? ""));
    this.bar.classList.toggle("live-bar--on", is);
    if (is && this.bar.dataset.time) this.say("[data-live-as-of]", this.bar.dataset.time.replace("{time}", CLOCK.format(new Date())));
  }

  /** So many things changed on the page. */
  changed(count: number): void {
    this.changes += count;
    this.quiet ||= window.setTimeout(() => this.speak(), this.spokenAgo() < SPOKEN ? SPOKEN - this.spokenAgo() : 0);
  }

  /** So many changes wait for the reader to go on. */
  waiting(count: number): void {
    this.label(count);
  }

  /** New things that this page does not show, or a change that it could not take in. */
  offer(text: string): void {
    const link = this.news?.querySelector("a");
    if (!this.news || !link) return;
    link.href = location.href;
    link.textContent = text;
    this.news.hidden = false;
    this.bar.classList.add("live-bar--news");
  }

  offerNew(count: number): void {
    this.offer((this.bar.dataset.new ?? "").replace("{n}", String(count)));
  }

  offerChanged(): void {
    this.offer(this.bar.dataset.stale ?? "");
  }

  private spoken = -SPOKEN;

  private spokenAgo(): number {
    return performance.now() - this.spoken;
  }

  private speak(): void {
    this.quiet = 0;
    this.spoken = performance.now();
    if (this.status) this.status.textContent = (this.bar.dataset.changed ?? "").replace("{n}", String(this.changes));
    this.changes = 0;
  }

  private turn(): void {
    this.paused = !this.paused;
    try {
      sessionStorage.setItem(KEPT, this.paused ? "1" : "");
    } catch {
      // storage is closed to us: the choice holds for this page
    }
    this.label(0);
    this.onPause(this.paused);
  }

  private label(waiting: number): void {
    const { pause = "", resume = "", waiting: words = "" } = this.bar.dataset;
    const text = this.paused ? (waiting ? words.replace("{n}", String(waiting)) : resume) : pause;
    if (this.button) this.button.textContent = text;
    this.bar.classList.toggle("live-bar--paused", this.paused);
    if (this.paused) this.say("[data-live-state-of-line]", this.bar.dataset.paused ?? "");
  }

  private say(selector: string, text: string): void {
    const place = this.bar.querySelector(selector);
    if (place && place.textContent !== text) place.textContent = text;
  }
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(KEPT) === "1";
  } catch {
    return false;
  }
}
