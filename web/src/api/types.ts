// The JSON of the server as this UI reads it. Instants are RFC 3339 strings in UTC, days
// `YYYY-MM-DD`, money integers in fen (分), quantities thousandths.

export interface Text {
  zh: string;
  en: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

/**
 * A clause (条款): its id in the pack, the number the standard prints, the label of its chip, which
 * no other clause has, and its own words.
 */
export interface Clause {
  id: string;
  number: string;
  label: string;
  text: string | Text;
}

export interface FieldError {
  field: string;
  code: string;
  detail: string;
}

export type Grade = "block" | "reason" | "note";

/** A refusal: problem details of RFC 9457 with the rule and clause behind it. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  code: string;
  detail: string;
  clauses?: Clause[];
  fields?: FieldError[];
  remedy?: string | null;
  rule?: string | null;
  grade?: Grade | null;
  request_id?: string | null;
  current_version?: number | null;
  /** Of a workbook without a header row: somebody may say which column is which. */
  columns?: boolean;
}

export interface Named {
  id: string;
  name: string;
}

export interface Org extends Named {
  code?: string;
  kind?: string;
}

/** An organisation unit that may stand in a field, the nearest first. */
export interface OrgChoice extends Named {
  code: string;
  above?: string | null;
  province?: string | null;
  stars?: number | null;
}

export type Permission =
  | "case_read"
  | "case_act"
  | "unit_read"
  | "unit_write"
  | "customer_read"
  | "customer_write"
  | "unmask"
  | "personal_manage"
  | "verdict_read"
  | "document_read"
  | "file_write"
  | "import_run"
  | "rulebook_read"
  | "rulebook_edit"
  | "rulebook_approve"
  | "rulebook_publish"
  | "people_read"
  | "people_write"
  | "figure_read"
  | "score_enter"
  | "price_read"
  | "price_edit"
  | "stock_open"
  | "stock_read"
  | "account_read"
  | "system_admin";

export interface Me {
  person: { id: string; name: string; login: string };
  roles: { role: string; title: Text; org: Named }[];
  org: Org;
  orgs: Org[];
  permissions: Permission[];
  lang: "zh" | "en";
  company: { name: string };
  demo: boolean;
  release: { hash: string; short: string; packs: { id: string; version: string; title: Text }[] };
  unread: number;
  second_factor: "off" | "on" | "needed" | "provider";
  /** My PIN for shared counters. */
  pin: "off" | "on" | "blocked" | "barred";
  /** The shared counter this browser is. */
  counter: MyCounter | null;
  /** Whether I have a password that opens anything. */
  password: boolean;
  /** The company's identity provider. */
  provider: MyProvider | null;
}

/** Who somebody is at the company's identity provider. */
export interface Identity {
  issuer: string;
  name: string;
  linked_at: string;
}

/** The company's identity provider, and who I am there. */
export interface MyProvider {
  label: Text;
  identity: Identity | null;
  /** Until when what it confirmed stands for my password. */
  confirmed_until: string | null;
  /** Whether it is my only way in. */
  only: boolean;
  /** Where I sign out there too. */
  sign_out: string | null;
}

/** The ways in beside login and password. */
export interface Door {
  accounts: DemoAccount[];
  provider: Text | null;
}

/** A shared counter somebody acts at. */
export interface MyCounter {
  id: string;
  name: string;
  org: Org;
  idle_seconds: number;
  per_act: boolean;
  pin: boolean;
}

/** What stands on the lock page of a shared counter. */
export interface Lock {
  id: string;
  name: string;
  org: Org;
  people: { id: string; name: string; blocked: boolean }[];
}

/** The cashier's desk: money in fen. */
export interface CashierDesk {
  due: DueBill[];
  blind: boolean;
  till: { means: string; title: Text; amount: number }[];
  entries: TillEntry[];
}

export interface DueBill {
  id: string;
  version: number;
  number: string;
  bill_for: string;
  state: { id: string; title: Text };
  org: { id: string; name: string };
  customer_masked: string | null;
  amount: number;
  opened_at: string;
  late: boolean;
}

export interface TillEntry {
  at: string;
  means: Text;
  what: Text;
  amount: number;
  case: string | null;
  number: string | null;
}

export interface CounterRow {
  id: string;
  name: string;
  org: Org;
  idle_seconds: number;
  per_act: boolean;
  opened_by: Named | null;
  opened_at: string;
  used_at: string | null;
  manageable: boolean;
}

export interface DemoAccount {
  login: string;
  password: string;
  name: string;
  role: Text;
  org: string;
}

export type Mark = "primary" | "secondary" | "danger";

export interface UnitBrief {
  id: string;
  frame_no: string | null;
  plate?: string | null;
  model_title: Text | null;
}

/** A to-do (待办): an act somebody of my roles may do now. */
export interface Offer {
  case: {
    id: string;
    number: string;
    process: string;
    process_title: Text;
    state: { id: string; title: Text };
    unit: UnitBrief | null;
    customer_masked: string | null;
  };
  action: string;
  action_title: Text;
  mark: Mark;
  due_at: string | null;
  deadline_title: Text | null;
  late: boolean;
  blocked: Problem | null;
  deputy_for: Named | null;
  handed_by: Named | null;
}

/** How a repair certificate (维修上岗证) stands. */
export type Standing = "valid" | "expiring" | "expired" | "withdrawn" | "missing";

/** What one person holds, as the certificate wall shows it. */
export interface CertificateRow {
  person: Named;
  org: Org | null;
  standing: Standing;
  number: string | null;
  issued_on: string | null;
  expires: string | null;
  days_left: number | null;
  skills: { id: string; title: Text }[];
  case_id: string | null;
}

export interface Message {
  id: number;
  title: string;
  body: string;
  at: string;
  read: boolean;
  case: { id: string; number: string } | null;
}

export type MatchedBy =
  | "frame"
  | "plate"
  | "card"
  | "serial"
  | "phone"
  | "last"
  | "name"
  | "pinyin";

export interface CustomerMasked {
  id?: string;
  name_masked: string | null;
  phone_masked: string | null;
}

export interface UnitHit {
  id: string;
  frame_no: string | null;
  model: { id: string | null; title: Text };
  plate: string | null;
  card_no: string | null;
  matched?: { by: MatchedBy; value: string } | null;
  customer: CustomerMasked | null;
  sold_on: string | null;
  org: Named | null;
  in_scope: boolean;
  /** The card it was found by, when that card is void. */
  void_card?: string | null;
  /** Recalls and service campaigns that are not done on it, a danger first. */
  campaigns?: OpenCampaign[];
  /** What is heeded with it and its owner. */
  heeded?: Heed[];
}

/** What an open case agreed or watches, shown with its vehicle or customer (留意). */
export interface Heed {
  /** The case, where the reader sees it. */
  case: string | null;
  number: string;
  title: Text;
  said: { title: Text; value: Text }[];
}

/** A recall or service campaign (召回、服务活动) that is not done on a vehicle. */
export interface OpenCampaign {
  id: string;
  number: string;
  title: string;
  kind: string;
  hazard: boolean;
  /** Not sold yet: neither sold nor handed over before it is done. */
  held: boolean;
  action: string;
  until: string | null;
  /** The vehicle's case in it. */
  case: string;
}

export interface CoverageBar {
  components: string[];
  title: Text;
  fault_group: Text | null;
  starts: string;
  ends: string;
  state: "covered" | "soon" | "over";
  clause: Clause | null;
  why: string[];
  guarantee_until?: string | null;
}

export interface Coverage {
  today: string;
  starts: string | null;
  start_basis: string | null;
  bars: CoverageBar[];
  axis: { from: string; to: string };
}

export interface UnitComponent {
  component: string;
  title: Text;
  serial: string | null;
  since: string | null;
  replaced: boolean;
  /** The case that put it in. */
  case?: string | null;
}

export interface UnitCase {
  id: string;
  number: string;
  process_title: Text;
  state: Text;
  opened_at: string;
  closed_at?: string | null;
  /** The part it was about, by its key of the catalogue. */
  component?: string | null;
}

export interface Unit extends UnitHit {
  make: string | null;
  colour: string | null;
  usage: string | null;
  sale_channel: string | null;
  invoice_date: string | null;
  invoice_no: string | null;
  registered_on: string | null;
  activated_on: string | null;
  manufactured_on: string | null;
  price: number | null;
  unverified: boolean;
  card_state: "ok" | "lost" | "void" | null;
  components: UnitComponent[];
  owner: (CustomerMasked & { id: string }) | null;
  warnings: { code: string; text: Text | string; clause?: Clause | null }[];
  /** The open hazard for which it is out of use. */
  hazard: { id: string; number: string } | null;
  cases: UnitCase[];
  coverage: Coverage | null;
  owners: PastOwner[];
  cards: VoidCard[];
  replaced: PastComponent[];
}

/** Somebody who owned the vehicle. */
export interface PastOwner {
  id?: string;
  name_masked?: string | null;
  phone_masked?: string | null;
  from: string | null;
  through: string;
  case: { id: string; number: string } | null;
}

/** A card that is void. */
export interface VoidCard {
  card_no: string;
  why: "transfer" | "lost" | "damaged";
  ended_on: string;
  case: { id: string; number: string } | null;
}

/** A component that was taken out. */
export interface PastComponent {
  component: string;
  title: Text;
  serial: string | null;
  from: string | null;
  through: string;
  case: { id: string; number: string } | null;
}

export interface NewUnit {
  frame_no: string | null;
  model?: string | null;
  make?: string | null;
  sold_on?: string | null;
  invoice_date?: string | null;
  card_no?: string | null;
  plate?: string | null;
  components?: Record<string, string>;
  customer?: { name: string; phone: string | null } | null;
  unverified: true;
}

export type StateKind =
  | "idle"
  | "working"
  | "waiting_customer"
  | "waiting_parts"
  | "waiting_supplier"
  | "done"
  | "cancelled";

export interface ProcessInfo {
  id: string;
  title: Text;
  area: string;
  subject: "unit" | "customer" | "none" | string;
  can_open: boolean;
  form: FormSchema | null;
}

export interface CaseRow {
  id: string;
  number: string;
  process: string;
  process_title: Text;
  state: { id: string; title: Text; kind: StateKind };
  org: Named;
  unit: UnitBrief | null;
  customer_masked: string | null;
  assignee: Named | null;
  opened_at: string;
  due_at: string | null;
  late: boolean;
  closed_at: string | null;
}

export type FieldKind =
  | "text"
  | "long_text"
  | "number"
  | "money"
  | "date"
  | "instant"
  | "yes_no"
  | "choice"
  | "multi_choice"
  | "checklist"
  | "measurement"
  | "person"
  | "org"
  | "customer"
  | "code"
  | "unit"
  | "serial"
  | "lines"
  | "parts"
  | "people_rows"
  | "rows"
  | "photos"
  | "signature"
  | "file"
  | "rating"
  | "computed";

export interface Choice {
  id: string;
  title: Text;
  clauses?: Clause[];
}

/** Somebody who might be assigned; those who may not be stand in the list with the clause. */
export interface Candidate {
  id: string;
  name: string;
  roles: Text[];
  skills: Text[];
  certificate: { number: string; expires: string; valid: boolean } | null;
  open_cases: number;
  away: boolean;
  /** Where the person works, on lists across stations. */
  org?: string | null;
  refused: Problem | null;
}

/** What is asked of each person of a list. */
export interface Column {
  id: string;
  title: Text;
  kind: FieldKind;
  required: boolean;
  /** The rules wrote it: shown, not asked. */
  fixed?: boolean;
  unit?: Text | null;
  min?: number | null;
  max?: number | null;
  choices?: Choice[];
}

export interface Field {
  id: string;
  title: Text;
  kind: FieldKind;
  help?: Text | null;
  required: boolean;
  visible: boolean;
  unit?: Text | null;
  min?: number | null;
  max?: number | null;
  choices?: Choice[];
  catalog?: string | null;
  roles?: string[];
  personal?: string | null;
  clauses?: Clause[];
  value?: unknown;
  /** What the server finds wrong with the value, in a preview. */
  errors?: FieldError[];
  /** For a list of people. */
  columns?: Column[];
  candidates?: Candidate[] | null;
  /** For rows of parts, in a preview. */
  shelf?: Shelf | null;
}

/** A part that may be scanned or chosen, with what the books hold of it on the shelf. */
export interface PartChoice {
  code: string;
  title: Text;
  class: string;
  /** Each piece goes by its serial. */
  tracked: boolean;
  /** Whether the books hold any of it. */
  listed: boolean;
  /** Absent in a blind count. */
  on_hand?: number | null;
  serials: string[];
}

/** What rows of parts are chosen from and compared with. */
export interface Shelf {
  parts: PartChoice[];
  /** The rows as the form before left them: what was shipped, reserved or issued. */
  expected?: unknown;
  /** The books stay hidden: a count is recorded without them. */
  blind: boolean;
  /** A small shelf of its own, such as a van: all of it is offered at once. */
  near?: boolean;
}

/** A row of parts: whole pieces, and a serial for each piece of a tracked part. */
export interface PartRow {
  part: string;
  title?: Text | null;
  quantity: number;
  serials?: string[];
  tracked?: boolean;
  booked?: number;
  missing?: string[];
  found?: string[];
  reason?: string | null;
  cause?: string | null;
  /** The part this one is a substitute of. */
  instead_of?: string | null;
  /** Substitutes on the shelf where the part itself is not; the server's own. */
  substitutes?: { part: string; title: Text; booked: number }[];
}

export interface FormSchema {
  id: string;
  title: Text;
  fields: Field[];
}

/** What a line of an estimate, a price or a claim is for. */
export type LineKind = "part" | "labour" | "travel" | "freight" | "fee";

export type Payer = "maker" | "customer" | "station" | "supplier";

/** A line of an estimate or settlement; `quantity` in thousandths, money in fen. */
export interface Line {
  id: string;
  kind: LineKind;
  item?: string | null;
  title: string;
  component?: string | null;
  quantity: number;
  unit_price: number | null;
  base_price?: number | null;
  list_price?: number | null;
  amount?: number | null;
  payer?: Payer | null;
  mandatory?: boolean;
  declined?: boolean;
  genuine?: boolean;
  old_serial?: string | null;
  new_serial?: string | null;
  reason?: string | null;
  /** Where the price stands: class, first day, clauses; the server's own. */
  price_class?: BuyerClass | null;
  price_from?: string | null;
  price_stars?: number | null;
  price_clause?: string[] | null;
  /** The row of the table that charges it, as `travel/near-paid`; the server's own. */
  rule?: string | null;
  standard?: number | null;
}

export type Remedy =
  | "repair"
  | "replace"
  | "exchange"
  | "refund"
  | "repair_at_charge"
  | "replace_at_charge";

export interface Verdict {
  covered: boolean | null;
  remedy: Remedy | null;
  payer: Payer | null;
  clauses: string[];
  clause_texts?: Clause[];
  term: {
    starts: string;
    start_basis: string;
    ends: string;
    suspended_days: number;
    days_left: number;
  } | null;
  because: string[];
  missing: string[];
  triggers: { id: string; count: number; limit: number; at?: string; clause?: string }[];
  rulebook?: { id: string; version: string };
  row?: string | null;
  law?: LawSide | null;
  judged_by?: { release: ReleaseRef; sale: ReleaseRef } | null;
}

/** The legal floor beside the company's rules. */
export interface LawSide {
  rulebook: { id: string; version: string };
  company: { covered: boolean | null; remedy: Remedy | null; ends: string | null };
  rows: LawLine[];
  decides: string | null;
}

/** One rule of the law that speaks to the facts; only one that `holds` may decide. */
export interface LawLine {
  row: string;
  standing: "holds" | "verify" | "open";
  source: string;
  remedy: Remedy | null;
  ends: string | null;
  missing: string[];
}

export interface ReleaseRef {
  hash: string;
  effective: string | null;
  version: string;
}

export interface Action {
  id: string;
  title: Text;
  mark: Mark;
  track: string;
  mine: boolean;
  by: Text[];
  blocked: Problem | null;
  form: FormSchema | null;
  /** Whether it may be done to several cases with one form. */
  batch: boolean;
  needs_reason?: boolean;
  due_at?: string | null;
  approvals: Approvals | null;
  handed: Handover | null;
  may_hand_on: boolean;
  on_behalf: Named | null;
  passes: Pass[];
  /** The refusals that doing it lets pass once. */
  lifts: Text[];
}

/** Whose approval of an act is there and whose missing (会签). */
export interface Approvals {
  given: { person: Named; on_behalf: Named | null; role: Text | null; at: string }[];
  missing: Text[];
  needed: number;
  mine: boolean;
}

/** A to-do handed on (转办). */
export interface Handover {
  from: Named;
  to: Named;
  at: string;
  reason: string;
  mine: boolean;
}

/** A requirement that may pass once (特批放行). */
export interface Pass {
  refuse: Text;
  by: Text;
  person: Named | null;
  at: string;
  reason: string;
}

/** Who holds whose office from when to when (代理). */
export interface Deputy {
  id: string;
  person: Named;
  deputy: Named;
  from: string;
  to: string;
  reason: string;
  named_by: Named;
  status: "coming" | "holds" | "over" | "ended";
  may_end: boolean;
}

/** A stretch of a day, `08:30` to `24:00`. */
export interface DutyHours {
  from: string;
  to: string;
}

/** Somebody's shift; one that ends no later than it begins goes into the next day. */
export interface DutyStretch extends DutyHours {
  person: Named;
  gone: boolean;
}

/** One day of a roster (值班表). */
export interface DutyDate {
  day: string;
  weekday: number;
  /** A plan of its own, in place of the week's. */
  own: boolean;
  shifts: DutyStretch[];
  open: DutyHours[];
  gaps: DutyHours[];
  overlaps: DutyHours[];
}

export interface DutyRoster {
  org: Org;
  version: number;
  may_edit: boolean;
  week: { weekday: number; shifts: DutyStretch[] }[];
  days: DutyDate[];
  people: Named[];
  units: Org[];
}

/** Who answers for a unit at a time. */
export interface DutyPost {
  org: Org | null;
  open: boolean;
  hours: DutyHours[];
  kept_by: Org | null;
  on: { person: Named; stands_for: Named | null; until: string }[];
  heads: Named[];
}

export interface DeputyPage {
  items: Deputy[];
  colleagues: { id: string; name: string; org: Org | null }[];
}

export interface Deadline {
  id: string;
  deadline: string;
  title: Text;
  status: "pending" | "running" | "paused" | "breached" | "met" | "early" | "late" | "dropped";
  started_at: string | null;
  due_at: string | null;
  /** The year whose holidays nobody has announced, where its date waits for them. */
  waits_for_year: number | null;
  warn: boolean;
  clauses: Clause[];
  ended_at: string | null;
  opens_at: string | null;
  paused_seconds: number;
  breaches: number;
  annulled: number;
  escalated: number;
  escalations: number;
  extensions: Text[];
}

export interface Why {
  code: string;
  rule: string | null;
  clauses: Clause[];
  sentence: string;
}

export interface TimelineEntry {
  id: string;
  event: string;
  subject: string | null;
  title: Text;
  actor: Named | null;
  /** The shared counter it was done at. */
  counter: { name: string; pin: boolean } | null;
  /** What the token was called that a program did it with. */
  via?: string | null;
  on_behalf: Named | null;
  occurred_at: string;
  recorded_at: string;
  late: boolean;
  moves: [Text, Text][];
  reason?: string | null;
  why: Why[];
  form_summary: { field: string; title: Text; text: string; rows?: unknown }[];
}

/** What a form lies on (纸张). */
export interface Paper {
  key: string;
  title: Text;
  kind: "sheet" | "impact" | "receipt" | "label";
  width_mm: number;
  /** Missing for a roll, which is cut where the text ends. */
  height_mm?: number | null;
  margins_mm: number;
}

export interface PrintedForm {
  id: string;
  title: Text;
  papers: string[];
  copies: Text[];
  /** Whether it can be printed blank in advance. */
  blank: boolean;
}

/** A block of blank numbered forms (预印空白单). */
export interface BlankBlock {
  id: string;
  form: string;
  title: Text;
  /** Papers they may lie on, the usual one first. */
  papers: string[];
  /** The unit that uses them. */
  org: string;
  first: string;
  last: string;
  printed: number;
  used: number;
  spoilt: number;
  missing: number;
  person: string;
  at: string;
}

/** What became of one numbered form. */
export interface BlankNumber {
  number: string;
  state: "printed" | "used" | "spoilt" | "missing";
  case?: string | null;
  case_number?: string | null;
  note?: string | null;
  at: string;
}

export interface BlankRegister {
  block: BlankBlock;
  numbers: BlankNumber[];
}

export interface Papers {
  papers: Paper[];
  documents: PrintedForm[];
}

export interface CaseDocument {
  id: string;
  document: string;
  title: Text;
  /** Papers it may lie on, the usual one first. */
  papers: Paper[];
  copies: Text[];
  status: "draft" | "frozen" | "void";
  /** Whether a signature freezes it; without one its first print does. */
  signed: boolean;
  version: number;
  printed: number;
  made_at: string;
}

export interface Label {
  title: Text;
  /** Its place on the papers of the process, those of the first acts first. */
  place: number;
  kind: FieldKind;
  unit?: Text | null;
  /** Written choices. */
  choices?: { id: string; title: Text }[];
  /** The value in words, where a key stands for it. */
  word?: Text | null;
  /** What rows of parts were read against: `stock`, `old`, `count`. */
  catalog?: string | null;
  /** Of a list: what stands in its rows; of people, their names by id. */
  columns?: {
    id: string;
    title: Text;
    kind: FieldKind;
    choices?: { id: string; title: Text }[];
  }[];
  people?: Record<string, string>;
}

export interface Case {
  id: string;
  number: string;
  version: number;
  process: { id: string; title: Text };
  /** `unit`, `customer`, `none`. */
  subject: string;
  org: Named | null;
  unit: UnitHit | null;
  customer: (CustomerMasked & { id: string }) | null;
  /** What other cases agreed with its customer or watch on its vehicle. */
  heeded: Heed[];
  opened_at: string;
  closed_at: string | null;
  owner: Named | null;
  opener: Named | null;
  assignee: Named | null;
  parent: { id: string; number: string } | null;
  children: {
    id: string;
    number: string;
    process_title: Text;
    state: { id: string; title: Text; kind?: StateKind };
  }[];
  tracks: {
    id: string;
    title: Text;
    state: { id: string; title: Text; kind: StateKind };
    since: string | null;
  }[];
  steps: {
    id: string;
    title: Text;
    status: "done" | "current" | "todo";
    entered_at?: string | null;
  }[];
  seals: Text[];
  data: Record<string, unknown>;
  labels: Record<string, Label>;
  verdict: Verdict | null;
  actions: Action[];
  deadlines: Deadline[];
  timeline: TimelineEntry[];
  documents: CaseDocument[];
}

export interface Preview {
  ok: boolean;
  problem: Problem | null;
  form: FormSchema | null;
  verdict?: Verdict | null;
  next?: { state: Text } | null;
}

export interface LateEntry {
  paper: string;
  reason: string;
  occurred_at: string;
  /** Photos of the paper, by their file ids. */
  photos?: string[];
}

export interface Catalog {
  products: { id: string; title: Text }[];
  models: { id: string; title: Text }[];
  components: { id: string; title: Text; group: string; class: string }[];
  faults: { id: string; title: Text; components: string[] }[];
  causes: { id: string; title: Text }[];
  prices: {
    code: string;
    title: Text;
    kind: string;
    component: string | null;
    models: string[];
    /** Standard hours of a job, in thousandths. */
    standard?: number | null;
    retail: number;
  }[];
}

/** A key with its words. */
export interface Keyed {
  id: string;
  title: Text;
}

export type BuyerClass = "ex_factory" | "wholesale" | "retail";

/** The price for one class of buyers, with where it stands and what comes next. */
export interface PriceCell {
  class: BuyerClass;
  amount: number | null;
  stars: number | null;
  since: string | null;
  clauses: Clause[];
  next: { amount: number; from: string; stars: number | null } | null;
}

/** Something that may be charged (价目). */
export interface Price {
  code: string;
  title: Text;
  kind: LineKind;
  component: Keyed | null;
  models: Keyed[];
  standard: number | null;
  rate: string | null;
  prices: PriceCell[];
}

export interface PriceHistoryRow {
  class: BuyerClass;
  stars: number | null;
  amount: number;
  /** It ends the company's price of this class and level, instead of setting one. */
  ends: boolean;
  effective_from: string;
  clauses: Clause[];
  entered_by: { id: string; name: string };
  entered_at: string;
}

export interface PriceHistory {
  item: Price;
  baseline: { class: BuyerClass; amount: number; clauses: Clause[] }[] | null;
  rows: PriceHistoryRow[];
}

/** A part of the part master (配件). */
export interface Part {
  code: string;
  title: Text;
  component: Keyed;
  models: Keyed[];
  class: "wearing" | "electrical" | "painted" | "ordinary";
  tracked: boolean;
  substitutes: Keyed[];
  reorder_point: number | null;
  clauses: Clause[];
  entered_at: string | null;
}

/** An account (科目) of the ledger in words; nobody reads its path. */
export interface AccountRef {
  path: string;
  rule: string | null;
  title: Text;
  about: Text;
  words: Text;
  unit: string | null;
  open: boolean;
}

export interface PartRef {
  code: string;
  title: Text;
}

export type Counts = "fen" | "pieces";

/** The case a posting stems from. */
export interface SourceCase {
  id: string;
  number: string;
  process: string;
  process_title: Text;
}

/** The workbook a posting stems from, where no case stands behind it. */
export interface SourceImport {
  id: string;
  file_name: string;
}

/** What a warehouse has of a part (库存), in pieces. */
export interface StockRow {
  warehouse: string;
  warehouse_name: Text;
  part: PartRef;
  class: "wearing" | "electrical" | "painted" | "ordinary" | null;
  tracked: boolean;
  on_hand: number;
  reserved: number;
  in_transit: number;
  old: number;
  reorder_point: number | null;
  below_reorder: boolean;
  /** Pieces to order; 0 where nothing has to be. */
  suggested: number;
  org?: string | null;
}

export interface LedgerAccount {
  account: AccountRef;
  counts: Counts;
  part: PartRef | null;
  tracked: boolean;
  balance: number;
  at_most: number | null;
  source: boolean;
  owner: string | null;
  opened_at: string;
  closed_at: string | null;
}

/** A line of an account page. */
export interface LedgerEntry {
  transaction: string;
  posting: string;
  title: Text;
  kind: string | null;
  clauses: Clause[];
  serial: string | null;
  change: number;
  balance: number;
  counter: { account: AccountRef; change: number }[];
  case: SourceCase | null;
  import: SourceImport | null;
  occurred_at: string;
  recorded_at: string;
  actor: { id: string; name: string } | null;
  reverses: string | null;
  reversed_by: string | null;
}

export interface AccountPage {
  account: LedgerAccount;
  items: LedgerEntry[];
  next: string | null;
}

export interface PostedMove {
  from: AccountRef;
  to: AccountRef;
  counts: Counts;
  part: PartRef | null;
  amount: number;
  serials: string[];
}

/** A transaction (凭证) of a case. */
export interface Posted {
  id: string;
  posting: string;
  title: Text;
  kind: string | null;
  clauses: Clause[];
  moves: PostedMove[];
  occurred_at: string;
  recorded_at: string;
  actor: { id: string; name: string } | null;
  reverses: string | null;
  reversed_by: string | null;
}

export interface CustodyMove {
  transaction: string;
  title: Text;
  kind: string | null;
  from: AccountRef;
  to: AccountRef;
  occurred_at: string;
  recorded_at: string;
  actor: { id: string; name: string } | null;
  case: SourceCase | null;
  import: SourceImport | null;
  reverses: string | null;
}

/** A serial (编号) with every hand it went through. */
export interface Custody {
  serial: string;
  part: PartRef;
  holder: AccountRef | null;
  moves: CustodyMove[];
}

export interface StoredFile {
  id: string;
  kind: string;
  bytes: number;
  width?: number | null;
  height?: number | null;
}

export interface ImportSummary {
  id: string;
  kind: string;
  file_name: string;
  state: "staged" | "applying" | "applied" | "discarded";
  counts: { accept: number; reject: number; skip: number };
  notes: string[];
  sheet: string | null;
  header_row: number | null;
  /** The columns of the header row; `title` is null where a column is not read. */
  columns: { heading: string; title: string | null; by: "name" | "remembered" | "hand" }[];
  /** How far it is, while it is read or written in the background. */
  progress: { phase: "reading" | "writing" | "stopping"; done: number; total: number } | null;
  /** Why it could not be read or written. */
  failed: string | null;
}

/** The first rows of a workbook, and what its columns may be. */
export interface ImportColumns {
  sheet: string;
  header_row: number | null;
  rows: {
    row: number;
    cells: { column: number; text: string; key: string | null; remembered: boolean }[];
  }[];
  keys: { key: string; title: string }[];
}

/** A heading that somebody has said something of. */
export interface ImportHeading {
  heading: string;
  key: string | null;
  title: string | null;
  by: string;
  at: string;
}

export interface ImportRow {
  row: number;
  verdict: "accept" | "reject" | "skip";
  kind: string;
  why: string | null;
  values: Record<string, unknown>;
}

export interface RulebookSummary {
  release: Me["release"];
  effective: string | null;
  coverage: { enforced: number; people: number; uncovered: number };
  processes: { id: string; title: Text }[];
}

export interface RulebookClause {
  id: string;
  number: string;
  zh: string;
  en: string;
  kind: string;
  pack: string;
  chapter: Text | null;
  people?: Text | string | null;
  carriers: { kind: string; path: string; name: Text[]; at: string }[];
  status: "enforced" | "people" | "uncovered";
}

/** A published release of the standard. */
export interface RulebookRelease {
  release: Me["release"];
  effective: string | null;
  in_force: boolean;
}

/** A schedule of the standard: cases opened by the calendar. */
export interface ScheduleRow {
  id: string;
  title: Text;
  clauses: Clause[];
  process: string;
  process_title: Text;
  rule: Text;
  company: boolean;
  vehicles: boolean;
  next: { period: string; at: string } | null;
  waits: Text | null;
  last: {
    period: string;
    planned_at: string;
    ran_at: string;
    opened: number;
    failed: number;
    skipped: number;
  } | null;
  period: string | null;
}

/** A run of a schedule for one organisation unit or one vehicle. */
export interface ScheduleRun {
  period: string;
  org: string;
  org_name: string;
  unit: string | null;
  frame_no: string | null;
  age: Text | null;
  planned_at: string;
  ran_at: string;
  status: string;
  case: string | null;
  number: string | null;
  sentence: Text | null;
  again_at: string | null;
  actor: string | null;
}

export interface ScheduleRunDone {
  opened: number;
  before: number;
  failed: number;
  left: number;
}

/** 简易, 标准, 完整. */
export type OrgMode = "simple" | "standard" | "full";

/** An organisation unit with the mode it works in. */
export interface OrgRow {
  id: string;
  name: string;
  in_scope: boolean;
  mode: OrgMode;
  mode_from: string | null;
  self_approvals: number;
}

/** What a release changed, item by item. */
export interface RulebookChange {
  kind: string;
  path: string;
  title: Text;
  clauses: string[];
  change: "added" | "removed" | "changed" | "moved";
  sentences: Text[];
}

export interface RulebookTable {
  id: string;
  pack: string;
  title: Text | null;
  hit_policy: string;
  inputs: string[];
  outputs: string[];
  /** What the columns are called. */
  titles: Record<string, Text>;
  /** What cells say in words, by their text. */
  words: Record<string, Text>;
  rows: { id: string; clauses: string[]; cells: string[]; outputs: string[] }[];
}

/** An action of a process as the rulebook writes it. */
export interface ProcessAction {
  id: string;
  title: Text;
  track: string;
  from: string[];
  to?: string | null;
  branch?: { when: string; to: string; done?: Text | null }[];
  /** Moves on other tracks. */
  also?: { track: string; from?: string[]; to: string }[];
  by: string[];
  not_by?: string[];
  form?: string | null;
  mark?: Mark;
  require?: {
    id: string;
    grade: Grade;
    refuse: Text;
    remedy?: Text | null;
    clause: string[];
  }[];
  effects?: Record<string, unknown>[];
  clause?: string[];
}

export interface ProcessDeadline {
  id: string;
  title: Text;
  starts: string[];
  stops: string[];
  clause: string[];
}

/** A process (流程) with the names of what it mentions. */
export interface ProcessPage {
  process: {
    id: string;
    title: Text;
    number: string;
    start: ProcessAction;
    track?: { id: string; title: Text; initial: string }[];
    state: { id: string; title: Text; track: string; kind: StateKind; step: boolean }[];
    action: ProcessAction[];
    deadline: ProcessDeadline[];
  };
  forms: Record<string, Text>;
  roles: Record<string, Text>;
  documents: Record<string, Text>;
}

/** Facts a verdict is asked with; all optional but product, part, fault and dates. */
export interface VerdictFacts {
  product: string;
  component: string;
  fault: string;
  invoice_date?: string | null;
  reported_on: string;
  causes?: string[];
  evidence?: Record<string, boolean>;
  measurements?: Record<string, number>;
}

/** A right of a token. */
export interface RightRow {
  right: string;
  title: Text;
}

/** A token (接口令牌) of a program. */
export interface TokenRow {
  id: string;
  name: string;
  shown: string;
  permissions: RightRow[];
  org: Org | null;
  state: "valid" | "expired" | "ended";
  made_at: string;
  made_by: Named | null;
  expires_at: string;
  ended_at: string | null;
  ended_by: Named | null;
  last_used_at: string | null;
}

/** Somebody's tokens, and what another one may be made of. */
export interface TokenPage {
  items: TokenRow[];
  may_make: boolean;
  permissions: RightRow[];
  orgs: Org[];
  latest: string;
}

/** A token to make. */
export interface TokenForm {
  name: string;
  permissions: string[];
  org: string;
  ends_on: string;
  password: string;
  code?: string;
}

/** A token just made; it is shown once. */
export interface MadeToken {
  id: string;
  token: string;
  tokens: TokenPage;
}

/** A channel that was asked to tell a customer something. */
export interface Delivery {
  channel: string;
  told: string | null;
  state: string;
  at: string;
  why: string | null;
  report: string | null;
  reported_at: string | null;
  report_why: string | null;
}

/** What a customer was told, and whether it arrived; never the text. */
export interface Told {
  id: string;
  title: Text;
  class: string;
  state: string;
  why: string | null;
  made_at: string;
  due_at: string;
  can_again: boolean;
  seen_by: Named | null;
  customer: { id: string; name_masked: string | null; phone_masked: string | null };
  case: { id: string; number: string } | null;
  deliveries: Delivery[];
}

/** How somebody has set up one list (列表设置). */
export interface ListSetting {
  list: string;
  /** Columns shown; null: those the list begins with. */
  columns: string[] | null;
  saved: SavedFilter[];
}

/** A filter under a name. */
export interface SavedFilter {
  name: string;
  query: string;
}
