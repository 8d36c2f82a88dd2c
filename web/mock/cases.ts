import type { Action, Case, CaseRow, Deadline, Offer, TimelineEntry } from "../src/api/types.ts";
import { assignment, condition, estimate, lines } from "./forms.ts";
import { at, clause, refusal, tx } from "./text.ts";
import { unit } from "./units.ts";

const names = [
  ["received", "接车检查", "Reception"],
  ["diagnosing", "故障诊断", "Diagnosis"],
  ["judging", "三包判定", "Judgement"],
  ["estimating", "报价确认", "Estimate"],
  ["routed", "派工", "Dispatch"],
  ["repairing", "维修", "Repair"],
  ["inspecting", "复检", "Inspection"],
  ["passed", "结算", "Settlement"],
  ["settled", "交车", "Delivery"],
] as const;

const steps = (current: number): Case["steps"] =>
  names.map(([id, zh, en], i) => ({
    id,
    title: tx(zh, en),
    status: i < current ? "done" : i === current ? "current" : "todo",
    entered_at: i <= current ? at(-60 + i * 10) : null,
  }));

const deadline = (
  zh: string,
  en: string,
  status: Deadline["status"],
  due: number,
  id = zh,
): Deadline => ({
  id,
  deadline: id,
  title: tx(zh, en),
  status,
  started_at: at(-30),
  due_at: at(due),
  warn: due < 5,
  clauses: [clause("CM-4.1", "确认后5分钟内流转至技术部门。")],
  ended_at: status === "met" ? at(-20) : null,
});

const entry = (zh: string, en: string, ago: number, who: string, why?: string): TimelineEntry => ({
  id: zh,
  event: "act",
  subject: null,
  title: tx(zh, en),
  actor: { id: who, name: who },
  occurred_at: at(-ago),
  recorded_at: at(-ago),
  late: false,
  moves: [],
  why: why
    ? [
        {
          code: "row",
          rule: "battery-low",
          sentence: why,
          clauses: [clause("EB-7.1.2.1a", "容量低于60%的,予以更换。")],
        },
      ]
    : [],
  form_summary: [{ field: "capacity", title: tx("容量", "Capacity"), text: "55 % (BT-3, 22 ℃)" }],
});

const action = (id: string, zh: string, en: string, more: Partial<Action> = {}): Action => ({
  id,
  title: tx(zh, en),
  mark: "secondary",
  track: "main",
  mine: true,
  by: [tx("服务顾问", "Service advisor")],
  blocked: null,
  form: null,
  ...more,
});

const others = [
  action("progress", "进度告知", "Report progress"),
  action("parts_wait", "待件", "Wait for parts"),
  action("close", "未修结单", "Close without repair", { mark: "danger" }),
  action("deliver", "交车", "Deliver", {
    blocked: refusal("尚未复检合格", clause("EB-10.5", "维修后须复检合格方可交付。")),
  }),
];

function build(id: string, number: string, step: number, primary: Action): Case {
  return {
    id,
    number,
    version: 7,
    process: { id: "repair_order", title: tx("服务工单", "Repair order") },
    org: { id: "org_1", name: "城北维修站" },
    unit,
    customer: { id: "cus_1", name_masked: "王*明", phone_masked: "138****4410" },
    opened_at: at(-60),
    closed_at: null,
    owner: { id: "p", name: "周洁" },
    opener: { id: "p", name: "李娜" },
    assignee: step > 4 ? { id: "p", name: "陈强" } : null,
    parent: null,
    children: [],
    tracks: [
      {
        id: "main",
        title: tx("主线", "Main"),
        state: {
          id: names[step]?.[0] ?? "",
          title: tx(names[step]?.[1] ?? "", names[step]?.[2] ?? ""),
          kind: "working",
        },
        since: at(-3),
      },
    ],
    steps: steps(step),
    seals: step > 3 ? [tx("已签字", "Signed")] : [],
    data: step > 2 ? { lines, symptom: "充满电只能骑十公里", odometer: 8412 } : {},
    labels: {
      lines: { title: tx("服务项目确认单", "Confirmation sheet"), kind: "lines" },
      symptom: { title: tx("故障现象", "Symptom"), kind: "long_text" },
      odometer: { title: tx("里程", "Odometer"), kind: "number", unit: "km" },
    },
    verdict:
      step > 2
        ? {
            covered: true,
            remedy: "replace",
            payer: "maker",
            clauses: ["EB-7.1.2.1a"],
            clause_texts: [clause("EB-7.1.2.1a", "容量低于60%的,予以更换。")],
            term: null,
            because: [
              "容量 55 % < 60 %(电池检测仪 BT-3,22 ℃ 满电)。",
              "起算 2025-03-18 发票;24 个月至 2027-03-18;维修占用 9 天不计入,顺延至 2027-03-27。",
              "无排除情形。",
            ],
            missing: [],
            triggers: [],
          }
        : null,
    actions: [primary, ...others],
    deadlines: [
      deadline("流转至技术部门 5 分钟", "Routed within 5 minutes", "running", 2.7),
      deadline("承诺完成", "Promised for", "running", 358),
      deadline("双确认", "Double check", "met", -10),
    ],
    timeline: [
      entry("双确认:身份、卡物相符、外观 4 张", "Double check", 50, "李娜"),
      entry("容量检测 55 %,2 张照片", "Capacity 55 %", 40, "陈强"),
      entry("判定:更换,厂家承担", "Judged: replace", 38, "李娜", "容量 55 % < 60 %,在三包期内。"),
      entry("客户签字确认报价 v2", "Estimate signed", 3, "李娜"),
    ],
    documents: [
      ["服务工单", "Work order", "frozen", 1],
      ["服务项目确认单", "Confirmation", "frozen", 2],
      ["维修记录表(三联)", "Repair record (3 copies)", "draft", 1],
    ].map(([zh, en, status, version], i) => ({
      id: `doc_${i}`,
      document: `d${i}`,
      title: tx(String(zh), String(en)),
      paper: "A5",
      copies: i === 2 ? [tx("第一联", "Copy 1"), tx("第二联", "Copy 2")] : [],
      status: status as "draft" | "frozen",
      version: Number(version),
      printed: i === 0 ? 1 : 0,
      made_at: at(-5),
    })),
  };
}

const primary = { mark: "primary" as const };
export const cases: Case[] = [
  build("case_1", "WX202611-0042", 4, action("assign", "派工", "Assign", {
    ...primary,
    form: assignment,
    due_at: at(2.7),
  })),
  build("case_2", "WX202611-0043", 0, action("double_check", "双确认", "Double check", {
    ...primary,
    form: condition,
  })),
  build("case_3", "WX202611-0041", 3, action("estimate", "报价", "Estimate", {
    ...primary,
    form: estimate,
  })),
];

const brief = {
  id: unit.id,
  frame_no: unit.frame_no ?? "",
  model_title: unit.model?.title ?? null,
};

export const offers: Offer[] = cases.flatMap((one, i) =>
  one.actions
    .filter((each) => !each.blocked)
    .map((each) => ({
      case: {
        id: one.id,
        number: one.number,
        process: "repair_order",
        process_title: one.process.title,
        state: one.tracks[0]?.state ?? { id: "", title: tx("", "") },
        unit: brief,
        customer_masked: "王*明",
      },
      action: each.id,
      action_title: each.title,
      mark: each.mark,
      due_at: at([2.7, -22, 300][i] ?? 0),
      deadline_title: tx("流转至技术部门 5 分钟", "Routed within 5 minutes"),
      late: i === 1,
      blocked: null,
    })),
);

export const rows: CaseRow[] = cases.map((one, i) => ({
  id: one.id,
  number: one.number,
  process: one.process.id,
  process_title: one.process.title,
  state: one.tracks[0]?.state ?? { id: "", title: tx("", ""), kind: "working" },
  org: one.org,
  unit: brief,
  customer_masked: "王*明 138****4410",
  assignee: one.assignee,
  opened_at: one.opened_at,
  due_at: at([2.7, -22, 300][i] ?? 0),
  late: i === 1,
  closed_at: null,
}));
