// A batch of batteries that fails: its vehicles come by an import, its repairs by the interface.
// The set-up of a journey, no step of it.
import { type APIRequestContext, expect } from "@playwright/test";
import { picture } from "./picture.ts";
import type { At } from "./workshop.ts";

/** Vehicles of the bad batch, those of them that fail, and vehicles of the batch beside it. */
const BAD = 12;
const FAILED = 3;
const GOOD = 300;
const HEADERS = { "X-Sanbao": "1" };
const DAY_MS = 86_400_000;

/** What was made: how the numbers of the batch begin, and the frames of its vehicles. */
export interface Batch {
  batch: string;
  /** Those whose battery failed. */
  failed: string[];
  /** Those that still run on theirs. */
  left: string[];
}

interface Field {
  id: string;
  choices?: { id: string }[] | null;
  candidates?: { id: string; refused?: unknown }[] | null;
}

interface Sheet {
  id: string;
  data: { lines?: Record<string, unknown>[] };
  actions: { id: string; form: { fields: Field[] } | null }[];
}

interface Price {
  code: string;
  kind: string;
  component: string | null;
  models: string[];
  standard?: number | null;
}

/** Somebody's hand at the interface. */
class Hand {
  constructor(private readonly request: APIRequestContext) {}

  async get<T>(path: string): Promise<T> {
    const answer = await this.request.get(`/api/v1/${path}`);
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  }

  async post<T>(path: string, data: unknown): Promise<T> {
    const answer = await this.request.post(`/api/v1/${path}`, { data, headers: HEADERS });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  }

  async upload<T>(path: string, file: ReturnType<typeof picture>): Promise<T> {
    const options = { multipart: { file }, headers: HEADERS };
    const answer = await this.request.post(`/api/v1/${path}`, options);
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as T;
  }

  /** Does an act; `form` is asked what the case offers for it. */
  async act(id: string, act: string, form: (field: Asked) => Promise<object> | object) {
    const sheet = await this.get<Sheet>(`cases/${id}`);
    const offered = sheet.actions.find((action) => action.id === act);
    const asked: Asked = (field) => offered?.form?.fields.find((one) => one.id === field);
    await this.post(`cases/${id}/actions/${act}`, { form: await form(asked) });
  }

  async photo(): Promise<string> {
    return (await this.upload<{ id: string }>("files", picture(++taken))).id;
  }

  async signature() {
    return { file: await this.photo(), by: "customer", means: "pad" };
  }
}

type Asked = (field: string) => Field | undefined;
let taken = 9000;

/** Every point of a checklist fulfilled. */
const checked = (field: Field | undefined) =>
  Object.fromEntries((field?.choices ?? []).map((point) => [point.id, true]));

/** Two batches sold half a year ago, and three repairs of the first. */
export async function badBatch(at: At): Promise<Batch> {
  const hand = async (name: string) => new Hand((await at(name)).request);
  const sold = new Date(Date.now() - 180 * DAY_MS).toISOString().slice(0, 10);
  const made = new Date(Date.now() - 210 * DAY_MS).toISOString().slice(2, 7).replace("-", "");
  const [bad, good] = [`QA${made}`, `QB${made}`];
  const number = (batch: string, n: number) => `${batch}${String(n).padStart(5, "0")}`;
  const frame = (batch: string, n: number) =>
    `LRFR6${made}${batch[1]}${String(n).padStart(4, "0")}`;
  const row = (batch: string, n: number) =>
    [
      frame(batch, n),
      "RF-R6",
      number(batch, n),
      "秦良玉",
      `139${batch === bad ? "71" : "72"}${String(n).padStart(6, "0")}`,
      sold,
      "D0101",
      `FP${number(batch, n)}`,
      `BX${number(batch, n)}`,
    ].join(",");
  const head = "车架号,车型,电池编号,购车人,手机号,购车日期,网点代码,发票号,保修卡号";
  const rows = (batch: string, count: number) =>
    Array.from({ length: count }, (_, n) => row(batch, n + 1));
  const csv = [head, ...rows(bad, BAD), ...rows(good, GOOD)].join("\n");
  const department = await hand("林霞");
  const staged = await department.upload<{ id: string; counts: { accept: number } }>(
    "imports?kind=sold_vehicles",
    { name: "批次.csv", mimeType: "text/csv", buffer: Buffer.from(csv) },
  );
  expect(staged.counts.accept).toBe(BAD + GOOD);
  await department.post(`imports/${staged.id}/apply`, {});

  const frames = Array.from({ length: BAD }, (_, n) => frame(bad, n + 1));
  for (let n = 1; n <= FAILED; n++) await replaced(hand, frame(bad, n), number(bad, n));
  return { batch: bad, failed: frames.slice(0, FAILED), left: frames.slice(FAILED) };
}

/** The battery has lost its capacity; the maker replaces it. */
async function replaced(hand: (name: string) => Promise<Hand>, frame: string, serial: string) {
  const advisor = await hand("李娜");
  const found = await advisor.get<{ items: { id: string }[] }>(`units?q=${frame}`);
  const unit = found.items[0]?.id;
  const form = { symptom: "充满电只能骑十公里" };
  const opened = { process: "repair_order", subject: { unit }, form };
  const { id } = await advisor.post<Sheet>("cases", opened);
  await advisor.act(id, "double_check", async (asked) => ({
    identity_confirmed: true,
    condition: checked(asked("condition")),
    photos_in: await Promise.all(
      (asked("photos_in")?.choices ?? []).map(async (slot) => ({
        file: await advisor.photo(),
        slot: slot.id,
      })),
    ),
  }));
  const capacity = { value: 48, instrument: "BT-3", temperature: 22, charge: 100 };
  await advisor.act(id, "diagnose", () => ({
    reproduced: true,
    component: "li_battery",
    fault: "low_capacity",
    capacity,
  }));
  const evidence = { card: true, card_matches: true, invoice: true };
  await advisor.act(id, "judge", () => ({ evidence }));
  await advisor.act(id, "estimate", async () => ({
    lines: await lines(advisor),
    promised_at: new Date(Date.now() + 4 * 3_600_000).toISOString(),
  }));
  const confirmation_signature = await advisor.signature();
  await advisor.act(id, "confirm", () => ({ confirmation_signature }));
  await advisor.act(id, "route", () => ({}));
  const leader = await hand("王军");
  const technician = await (await hand("赵磊")).get<{ person: { id: string } }>("me");
  await leader.act(id, "assign", () => ({ technician: technician.person.id }));
  await repaired(hand, id, serial);
}

/** What the technician, the supervisor and the advisor do after it was assigned. */
async function repaired(hand: (name: string) => Promise<Hand>, id: string, serial: string) {
  const technician = await hand("赵磊");
  await technician.act(id, "start_repair", () => ({}));
  await technician.act(id, "finish_repair", (asked) => ({
    work_done: "更换锂电池,整车检查",
    failure_cause: "电芯衰减",
    replaced: true,
    old_serial: serial,
    new_serial: serial.replace(/^Q./, "NW"),
    genuine_parts: true,
    whole_vehicle: checked(asked("whole_vehicle")),
  }));
  const supervisor = await hand("周敏");
  const all = (asked: Asked) => ({ reinspection: checked(asked("reinspection")) });
  await supervisor.act(id, "reinspect", all);
  const advisor = await hand("李娜");
  const sheet = await advisor.get<Sheet>(`cases/${id}`);
  const actual = (sheet.data.lines ?? []).map((line) => {
    const { id, kind, item, quantity, unit_price, payer } = line;
    return { id, kind, item, quantity, unit_price, payer };
  });
  const settlement_signature = await advisor.signature();
  await advisor.act(id, "settle", () => ({
    fault_gone: true,
    old_part_shown: true,
    actual,
    payment_means: "none",
    settlement_signature,
  }));
  const papers = (asked: Asked) => ({ papers: checked(asked("papers")), upkeep_explained: true });
  await advisor.act(id, "deliver", papers);
}

/** A battery of the price list with its work. */
async function lines(advisor: Hand) {
  const { prices } = await advisor.get<{ prices: Price[] }>("catalog");
  const of = (kind: string) =>
    prices.find(
      (price) =>
        price.kind === kind &&
        price.component === "li_battery" &&
        (kind !== "part" || price.models.length === 0 || price.models.includes("RF-R6")),
    );
  const [part, labour] = [of("part"), of("labour")];
  return [
    { id: "1", kind: "part", item: part?.code, quantity: 1000, genuine: true },
    { id: "2", kind: "labour", item: labour?.code, quantity: labour?.standard ?? 1000 },
  ];
}
