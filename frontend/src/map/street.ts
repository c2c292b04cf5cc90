// How is every lamp now? The snapshot, decoded, and each item on top of it, as livinglab's live/street.py has it.

export interface Item {
  seq: number;
  key: string;
  kind: string;
  at: string;
  state: { power?: string; since?: string; findings?: string[] };
}

interface Snapshot {
  epoch: string;
  cursor: number;
  clock: string | null;
  version: string;
  conditions: string[];
  dongs: string[];
  prefix: string;
  origin: [number, number];
  unit: number;
  x: number[];
  y: number[];
  tags: string[];
  dong: [number, number][];
  state: string;
  known: Record<string, string>;
  count: Record<string, number>;
  cabinets: [string, string, number | null, number | null, string, number][];
  parents: Record<string, number>;
}

export interface Cabinet {
  tag: string;
  lon: number;
  lat: number;
  condition: string;
  lamps: number[];
}

const POWER: Record<string, string> = { on: "on", bootingUp: "on", low: "dimmed", off: "off" };
const SILENT = "communicationFailure"; // no fault of the lamp

export class Street {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly conditions: string[];
  readonly dongs: string[];
  readonly cabinets: Cabinet[] = [];
  cursor: number;
  private readonly place = new Map<string, number>();
  private readonly seen = new Map<string, number>(); // key -> number of the item that was last applied

  constructor(private readonly from: Snapshot) {
    this.cursor = from.cursor;
    this.lon = steps(from.x, from.origin[0], from.unit);
    this.lat = steps(from.y, from.origin[1], from.unit);
    this.conditions = [...from.state].map((digit) => from.conditions[parseInt(digit, 36)] ?? "unheard");
    this.dongs = from.dong.flatMap(([index, run]) => Array<string>(run).fill(from.dongs[index] ?? ""));
    from.tags.forEach((tag, place) => this.place.set(`device:${from.prefix}${tag}`, place));
    const lamps = new Map<number, number[]>();
    for (const [place, cabinet] of Object.entries(from.parents)) lamps.set(cabinet, [...(lamps.get(cabinet) ?? []), Number(place)]);
    from.cabinets.forEach(([tag, , lon, lat, condition], number) => {
      if (lon !== null && lat !== null) this.cabinets.push({ tag: from.prefix + tag, lon, lat, condition, lamps: lamps.get(number) ?? [] });
    });
  }

  get version(): string {
    return this.from.version;
  }

  /** The newest word of a played night; none where nobody plays. */
  get clock(): string {
    return this.from.clock ?? "";
  }

  tag(place: number): string {
    return this.from.prefix + (this.from.tags[place] ?? "");
  }

  /** The number on the plate. */
  number(place: number): string {
    return this.from.tags[place] ?? "";
  }

  count(place: number): number {
    return this.from.count[place] ?? 1;
  }

  /** Take in what happened. The places that look otherwise now; null where only a new snapshot can tell. */
  take(items: Item[]): Map<number, string> | null {
    const changed = new Map<number, string>();
    for (const item of items) {
      if (item.seq <= this.cursor || item.seq <= (this.seen.get(item.key) ?? 0)) continue;
      const place = this.place.get(item.key);
      if (place === undefined) return null; // a cabinet, a fault, a new list
      this.seen.set(item.key, item.seq);
      const now = this.condition(place, item.state);
      if (now === this.conditions[place]) continue;
      this.conditions[place] = now;
      changed.set(place, now);
    }
    return changed;
  }

  private condition(place: number, { power = "", findings = [] }: Item["state"]): string {
    const known = this.from.known[place];
    const under = this.from.parents[place];
    if (known === "work") return known;
    const isFound = findings.some((code) => code !== SILENT);
    if (under !== undefined && this.from.cabinets[under]?.[5]) return "with_cabinet";
    if (known === "fault") return known;
    if (isFound) return known ?? "fault"; // mended: it waits for its proof
    return findings.length ? "lost" : (POWER[power] ?? "unheard");
  }
}

/** The district's lamps as they are at `least`, a cursor of the same epoch, or later. */
export async function load(district: string, least: number): Promise<Street> {
  const answer = await fetch(`/live/snapshot?district=${district}`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(String(answer.status));
  const snapshot = (await answer.json()) as Snapshot;
  const street = new Street(snapshot);
  for (let after = snapshot.cursor; after < least; ) {
    const entries = await fetch(`/live/entries?epoch=${snapshot.epoch}&after=${after}`);
    if (!entries.ok) break;
    const frame = (await entries.json()) as { cursor: number; items: Item[] };
    street.take(frame.items.filter((item) => item.key.startsWith(`device:${district}-`)));
    if (frame.cursor <= after) break;
    after = frame.cursor;
  }
  return street;
}

function steps(values: number[], start: number, unit: number): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (step) => start + unit * (sum += step));
}
