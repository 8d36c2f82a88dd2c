import type { Candidate, Field, FormSchema, Line } from "../src/api/types.ts";
import { clause, refusal, tx } from "./text.ts";

const field = (id: string, kind: Field["kind"], zh: string, en: string, more: object = {}) =>
  ({ id, kind, title: tx(zh, en), required: false, visible: true, ...more }) as Field;

const choice = (id: string, zh: string, en: string) => ({ id, title: tx(zh, en) });

export const intake: FormSchema = {
  id: "intake",
  title: tx("接车登记", "Reception"),
  fields: [
    field("symptom", "long_text", "故障现象", "Symptom", {
      required: true,
      help: tx("照客户的原话记,例如“充满电只能骑十公里”", "In the customer's own words"),
      clauses: [clause("CM-1.2", "记录客户描述。")],
    }),
    field("main_concern", "text", "客户最关心的问题", "Main concern"),
    field("urgency", "choice", "紧急程度", "Urgency", {
      value: "normal",
      choices: [
        choice("normal", "普通", "Normal"),
        choice("urgent", "紧急(影响安全)", "Urgent (safety)"),
      ],
    }),
    field("brought_by", "choice", "送修人", "Brought by", {
      value: "owner",
      choices: [choice("owner", "车主本人", "The owner"), choice("other", "他人代送", "Other")],
    }),
  ],
};

export const condition: FormSchema = {
  id: "condition_check",
  title: tx("接车检查(双确认)", "Condition check"),
  fields: [
    field("identity_confirmed", "yes_no", "身份与车辆登记一致", "Identity and record agree", {
      required: true,
      value: true,
    }),
    field("odometer", "number", "里程", "Odometer", { unit: "km", min: 0, max: 200000 }),
    field("condition", "checklist", "外观与功能", "Exterior and functions", {
      required: true,
      choices: [
        choice("exterior", "外观完好,无划伤变形", "Exterior without scratches or dents"),
        choice("power", "能上电", "Powers on"),
        choice("brakes", "刹车有效", "Brakes work"),
        choice("lights", "灯光正常", "Lights work"),
      ],
    }),
    field("left_items", "multi_choice", "随车留下", "Left with the vehicle", {
      choices: [
        choice("key", "钥匙", "Key"),
        choice("charger", "充电器", "Charger"),
        choice("battery", "电池", "Battery"),
      ],
    }),
    field("capacity", "measurement", "容量检测", "Capacity test", { unit: "%", min: 0, max: 130 }),
    field("photos_in", "photos", "接车照片", "Photos at reception", {
      required: true,
      choices: [
        choice("front", "车前", "Front"),
        choice("back", "车后", "Back"),
        choice("plate", "铭牌", "Plate"),
        choice("odometer", "里程", "Odometer"),
      ],
    }),
    field("promised_at", "instant", "承诺完成时间", "Promised for"),
    field("signature", "signature", "客户签字", "Customer's signature", { required: true }),
  ],
};

export const lines: Line[] = [
  {
    id: "1",
    kind: "part",
    item: "48V20Ah",
    title: "更换锂电池",
    component: "li_battery",
    quantity: 1000,
    unit_price: 128000,
    list_price: 128000,
    payer: "maker",
    old_serial: "BT2503-77120",
    mandatory: true,
    genuine: true,
  },
  {
    id: "2",
    kind: "labour",
    item: "LB-05",
    title: "拆装电池",
    quantity: 500,
    unit_price: 8000,
    payer: "maker",
  },
  {
    id: "3",
    kind: "part",
    item: "BP-01",
    title: "更换刹车皮",
    quantity: 1000,
    unit_price: 1800,
    payer: "customer",
  },
  {
    id: "4",
    kind: "part",
    title: "更换后胎",
    quantity: 1000,
    unit_price: 6500,
    payer: "customer",
    declined: true,
  },
];

export const estimate: FormSchema = {
  id: "estimate",
  title: tx("服务项目与报价", "Items and estimate"),
  fields: [
    field("plan", "text", "维修方案", "Plan"),
    field("lines", "lines", "项目", "Items", { required: true, value: lines }),
    field("planned_hours", "number", "预计维修时长", "Expected length", { unit: "h" }),
    field("promised_at", "instant", "承诺完成时间", "Promised for", { required: true }),
  ],
};

const certified = clause("EB-10.4b", "维修人员须持有效上岗证方可上岗。");
const person = (
  id: string,
  name: string,
  zh: string,
  en: string,
  expires: string,
  open: number,
): Candidate => ({
  id,
  name,
  roles: [tx("技师", "Technician")],
  skills: [tx(zh, en)],
  certificate: { number: `SG-${id}`, expires, valid: expires > "2026-11-21" },
  open_cases: open,
  away: false,
  refused: expires > "2026-11-21" ? null : refusal("无有效上岗证", certified),
});

export const assignment: FormSchema = {
  id: "assignment",
  title: tx("派工", "Assignment"),
  fields: [
    field("technician", "person", "技师", "Technician", {
      required: true,
      candidates: [
        person("1", "陈强", "电池 · 控制器", "Batteries, controllers", "2027-06-30", 1),
        person("2", "赵磊", "机械 · 电机", "Mechanics, motors", "2027-01-15", 2),
        person("3", "孙宇", "电池", "Batteries", "2026-11-03", 0),
      ],
    }),
    field("assignment_note", "text", "交代事项", "Note"),
  ],
};
