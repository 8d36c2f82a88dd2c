import type { DemoAccount, Me } from "../src/api/types.ts";

export const accounts: DemoAccount[] = [
  ["li.na", "李娜", "服务顾问", "Service advisor"],
  ["chen.qiang", "陈强", "技师", "Technician"],
  ["zhou.jie", "周洁", "站长", "Station head"],
  ["wu.min", "吴敏", "售后服务部", "After-sales department"],
].map(([login = "", name = "", zh = "", en = ""]) => ({
  login,
  password: "demo",
  name,
  role: { zh, en },
  org: login === "wu.min" ? "锐风电动车" : "城北维修站",
}));

export const me: Me = {
  person: { id: "per_1", name: "李娜", login: "li.na" },
  roles: [
    {
      role: "service_advisor",
      title: { zh: "服务顾问", en: "Service advisor" },
      org: { id: "org_1", name: "城北维修站" },
    },
  ],
  org: { id: "org_1", code: "CB", name: "城北维修站", kind: "station" },
  orgs: [
    { id: "org_1", name: "城北维修站" },
    { id: "org_2", name: "城南维修站" },
  ],
  permissions: [
    "case_read",
    "case_act",
    "unit_read",
    "unit_write",
    "customer_read",
    "customer_write",
    "unmask",
    "verdict_read",
    "document_read",
    "file_write",
    "import_run",
    "rulebook_read",
    "people_read",
  ],
  lang: "zh",
  company: { name: "锐风电动车" },
  demo: true,
  release: { hash: "9f3a61c04b", short: "9f3a61c0", packs: [] },
  unread: 3,
};
