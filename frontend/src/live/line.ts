// How does a page hear of changes? A socket first, a stream next, polling last; all go on from one cursor.
//
// Every way gives the same frames. A way that fails twice gives way to the next; the first is tried again in time.

export interface Item {
  seq: number;
  prev: number;
  key: string;
  kind: string;
  state: Record<string, unknown>;
}

interface Frame {
  type: string;
  cursor: number;
  coalesced?: boolean;
  items: Item[];
}

export interface Listener {
  hear(items: Item[]): void;
  reset(): void;
  connected(is: boolean): void;
}

type Close = () => void;

const SILENT = 50_000; // ms without a frame: the server sends one every 20 s, so the line is dead
const LONGEST = 30_000; // ms between two tries
const POLL = 5_000;
const BACK_TO_FIRST = 60_000;

export class Line {
  private close: Close | null = null;
  private way = 0;
  private failures = 0;
  private gaps = 0;
  private timer = 0;
  private silence = 0;
  private since = 0;

  constructor(
    private readonly epoch: string,
    private cursor: number,
    private readonly listener: Listener,
  ) {}

  start(): void {
    if (this.close || document.hidden || !navigator.onLine) return;
    clearTimeout(this.timer);
    this.since = Date.now();
    const open = [socket, stream, poll][this.way] ?? poll;
    const resume = { epoch: this.epoch, after: this.cursor };
    try {
      this.close = open(resume, (text) => this.take(text), () => this.lost(), () => this.listener.connected(true));
    } catch {
      this.way += 1; // a browser without this way, or one that forbids it; the last one needs nothing special
      return this.start();
    }
    this.watch();
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.close?.();
    this.close = null;
    this.listener.connected(false);
  }

  again(): void {
    this.stop();
    this.way = this.failures = 0;
    this.start();
  }

  private take(text: string): void {
    const frame = JSON.parse(text) as Frame;
    if (frame.type === "items") this.follow(frame);
    else if (frame.type === "reset") this.end();
    // anything else is an error told before the line closes
  }

  private follow(frame: Frame): void {
    this.watch();
    if (!frame.coalesced && frame.items.some((item, place) => item.prev > (frame.items[place - 1]?.seq ?? this.cursor))) {
      if (++this.gaps > 2) this.end();
      else this.lost();
      return;
    }
    this.failures = this.gaps = 0;
    this.cursor = Math.max(this.cursor, frame.cursor);
    this.listener.connected(true);
    if (frame.items.length) this.listener.hear(frame.items);
    if (this.way && Date.now() - this.since > BACK_TO_FIRST) this.again();
  }

  private end(): void {
    this.stop();
    this.listener.reset();
  }

  private lost(): void {
    if (!this.close) return;
    this.stop();
    this.failures += 1;
    if (this.failures % 2 === 0) this.way = (this.way + 1) % 3;
    const wait = Math.min(LONGEST, 250 * 2 ** this.failures);
    this.timer = window.setTimeout(() => this.start(), wait * (0.5 + Math.random()));
  }

  private watch(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.lost(), SILENT);
  }
}

interface Resume {
  epoch: string;
  after: number;
}

type Take = (text: string) => void;

function socket(resume: Resume, take: Take, lost: Close, stands: Close): Close {
  const line = new WebSocket(`${location.origin.replace("http", "ws")}/ws/live`);
  line.onopen = () => {
    line.send(JSON.stringify({ resume }));
    stands();
  };
  line.onmessage = (message) => take(message.data as string);
  line.onclose = lost;
  return () => {
    line.onopen = line.onmessage = line.onclose = null;
    line.close();
  };
}

function stream(resume: Resume, take: Take, lost: Close, stands: Close): Close {
  const line = new EventSource(`/live/sse?${query(resume)}`);
  line.onopen = stands;
  line.onmessage = (message) => take(message.data as string);
  line.onerror = lost; // our own waiting has jitter and falls back; the browser's has neither
  return () => line.close();
}

function poll(resume: Resume, take: Take, lost: Close): Close {
  const ended = new AbortController();
  let after = resume.after;
  const ask = async (): Promise<void> => {
    const answer = await fetch(`/live/entries?${query({ ...resume, after })}`, { signal: ended.signal });
    if (!answer.ok && answer.status !== 410) throw new Error(String(answer.status));
    const text = await answer.text();
    if (ended.signal.aborted) return;
    after = (JSON.parse(text) as Frame).cursor ?? after;
    take(text);
    setTimeout(() => void asked(), POLL * (0.75 + Math.random() / 2));
  };
  const asked = (): Promise<void> | undefined =>
    ended.signal.aborted ? undefined : ask().catch(() => (ended.signal.aborted ? undefined : lost()));
  void asked();
  return () => ended.abort();
}

function query(resume: Resume): string {
  return new URLSearchParams({ epoch: resume.epoch, after: String(resume.after) }).toString();
}
