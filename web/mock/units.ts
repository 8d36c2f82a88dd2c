import type { Unit } from "../src/api/types.ts";
import { at, clause, tx } from "./text.ts";

const battery = clause("EB-7.1.2.1", "锂离子电池三包有效期为24个月。");
const paid = clause("EB-7.3", "超过三包有效期的,实行收费维修。");

const bars: [string, string, string, string, "covered" | "soon" | "over", typeof paid][] = [
  ["li_battery", "锂离子电池", "Li-ion battery", "2027-03-27", "covered", battery],
  ["hub_motor", "电动轮毂", "Hub motor", "2027-03-27", "covered", clause("EB-7.1.2.3", "…")],
  ["controller", "控制器", "Controller", "2026-12-01", "soon", clause("EB-10.7", "返修保证60天。")],
  ["charger", "充电器 / 显示器", "Charger / display", "2026-03-18", "over", paid],
  ["frame", "车架 / 车把 / 前叉", "Frame / handlebar / fork", "2026-03-18", "over", paid],
  ["inner_tube", "内胎(易损)", "Inner tube (wearing)", "2025-04-02", "over", paid],
];

export const unit: Unit = {
  id: "unit_1",
  frame_no: "LRF6A20250305821",
  model: { id: "r6", title: tx("锐风 R6 锂电款", "Ruifeng R6 lithium") },
  plate: "京A·33921",
  card_no: "XB-20250318-0092",
  matched: { by: "last", value: "5821" },
  customer: { name_masked: "王*明", phone_masked: "138****4410" },
  sold_on: "2025-03-18",
  org: { id: "org_9", name: "城北直营店" },
  in_scope: true,
  make: null,
  colour: "深灰",
  usage: "household",
  sale_channel: "store",
  invoice_date: "2025-03-18",
  invoice_no: "0112-33910",
  registered_on: "2025-03-18",
  activated_on: null,
  manufactured_on: "2025-02-20",
  price: 368000,
  unverified: false,
  card_state: "ok",
  components: [
    ["li_battery", "电池", "Battery", "BT2503-77120", "2025-03-18", false],
    ["hub_motor", "电机", "Motor", "HM350-251187", "2025-03-18", false],
    ["controller", "控制器", "Controller", "CT-9917", "2026-01-09", true],
  ].map(([component, zh, en, serial, since, replaced]) => ({
    component: String(component),
    title: tx(String(zh), String(en)),
    serial: String(serial),
    since: String(since),
    replaced: replaced === true,
  })),
  owner: { id: "cus_1", name_masked: "王*明", phone_masked: "138****4410" },
  warnings: [
    {
      code: "repair-guarantee",
      text: tx(
        "2026-10-02 修过控制器,60 天返修保证期内(至 12-01)。同一故障按返修免费处理。",
        "The controller was repaired on 2026-10-02; guaranteed for 60 days (until 12-01).",
      ),
      clause: clause("EB-10.7", "维修后60天内同一故障免费返修。"),
    },
  ],
  cases: [
    ["WX202610-0031", "控制器", "Controller", "已交车", "Delivered", -72000],
    ["WX202601-0102", "控制器更换", "Controller replaced", "已交车", "Delivered", -460000],
  ].map(([number, zh, en, sz, se, when], i) => ({
    id: `case_old${i}`,
    number: String(number),
    process_title: tx("服务工单", "Repair order"),
    state: { id: "delivered", title: tx(String(sz), String(se)), kind: "done" as const },
    opened_at: at(Number(when)),
    component: tx(String(zh), String(en)),
    verdict: null,
  })),
  coverage: {
    today: "2026-11-21",
    starts: "2025-03-18",
    start_basis: "invoice",
    axis: { from: "2025-03-18", to: "2027-03-27" },
    bars: bars.map(([key, zh, en, ends, state, by]) => ({
      components: [key],
      title: tx(zh, en),
      fault_group: null,
      starts: "2025-03-18",
      ends,
      state,
      clause: by,
      why: ["起算 2025-03-18(发票)。", `期限至 ${ends};维修占用 9 天不计入。`],
      guarantee_until: key === "controller" ? "2026-12-01" : null,
    })),
  },
};
