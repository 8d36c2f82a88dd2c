// A repair on its way to and through the workshop: received, assigned, started, finished, looked at
// again. Each by the person whose job it is, at their own window.
import type { Page } from "@playwright/test";
import { CasePage } from "./case.ts";
import { Desk } from "./desk.ts";
import { Workbench } from "./workbench.ts";

export type At = (name: string) => Promise<Page>;

/** What the technician writes down. */
export interface Repair {
  work: string;
  cause: string;
  oldSerial?: string;
  newSerial?: string;
}

/** What is wrong with a bike, and what is charged for it. */
interface Wrong {
  symptom: string;
  part: string;
  fault: string;
  line: string;
}

/** A bike whose battery takes no charge, from the desk to the workshop; the order's number. */
export async function chargeless(advisor: Page, digits: string): Promise<string> {
  const battery = { part: "锂离子电池", fault: "无法充电", line: "锂电池组" };
  return confirmed(advisor, digits, { symptom: "充不进电", ...battery });
}

/** A bike with a worn tyre, from the desk to the workshop; the order's number. */
export async function tyre(advisor: Page, digits: string): Promise<string> {
  const worn = { part: "外胎", fault: "磨损", line: "16 寸外胎" };
  return confirmed(advisor, digits, { symptom: "外胎磨平", ...worn });
}

async function confirmed(advisor: Page, digits: string, wrong: Wrong): Promise<string> {
  const desk = new Desk(advisor);
  await desk.open();
  await desk.find(digits, new RegExp(`${digits}$`));
  await desk.newOrder();
  let sheet = new CasePage(advisor);
  await sheet.form.type("故障现象", wrong.symptom);
  await sheet.submit();
  sheet = await CasePage.opened(advisor);
  await sheet.form.check("凭证");
  await sheet.form.check("外观与功能");
  await sheet.form.photos("接车照片");
  await sheet.does("双确认", "故障诊断");
  await sheet.form.pick("故障部件", wrong.part);
  await sheet.form.pick("故障类别", wrong.fault);
  await sheet.does("诊断", "三包判定");
  await sheet.does("判定", "报价确认");
  await sheet.form.addLine("项目", wrong.line);
  await sheet.does("报价", "待客户签字");
  await sheet.form.sign("客户签字");
  await sheet.does("客户签字确认", "待流转");
  await sheet.does("流转至技术部门", "派工");
  return sheet.number.innerText();
}

/** The team leader gives the order to 赵磊, who starts at once. */
export async function started(at: At, number: string): Promise<CasePage> {
  const order = await new Workbench(await at("王军")).open(number);
  await order.offers("派工");
  await order.form.candidate("技师", "赵磊").getByRole("button", { name: "派工" }).click();
  await order.stands("待开工");
  const job = await new Workbench(await at("赵磊")).open(number);
  await job.does("开工", "维修");
  return job;
}

/** The technician's record; the case goes to the re-inspection. */
export async function finished(job: CasePage, repair: Repair): Promise<void> {
  await job.offers("完工送检");
  await job.form.type("作业内容", repair.work);
  await job.form.type("事故原因", repair.cause);
  if (repair.oldSerial) await job.form.type("旧件编号", repair.oldSerial);
  if (repair.newSerial) await job.form.type("新件编号", repair.newSerial);
  await job.form.check("整车检查");
  await job.does("完工送检", "复检");
}

/** The technical supervisor finds nothing. */
export async function passed(at: At, number: string): Promise<void> {
  const check = await new Workbench(await at("周敏")).open(number);
  await check.form.check("复检三项");
  await check.does("复检", "结算");
}

/** The oldest bike of the demo: sold well over a year ago, by an outlet of this station. */
export const OLDEST = /70000$/;

/** The oldest bike comes with a dead controller, outside its term; the order, to be judged. */
export async function diagnosed(at: At): Promise<CasePage> {
  const advisor = await at("李娜");
  const desk = new Desk(advisor);
  await desk.open();
  await desk.find("0000", OLDEST);
  await desk.newOrder();
  let sheet = new CasePage(advisor);
  await sheet.form.type("故障现象", "拧把手没反应,仪表亮");
  await sheet.submit();
  sheet = await CasePage.opened(advisor);
  await sheet.form.check("凭证");
  await sheet.form.check("外观与功能");
  await sheet.form.photos("接车照片");
  await sheet.does("双确认", "故障诊断");
  await sheet.form.pick("故障部件", "控制器");
  await sheet.form.pick("故障类别", "不工作");
  await sheet.does("诊断", "三包判定");
  return sheet;
}

/** A repair that the customer pays at the till, as far as the settlement; the order's number. */
export async function toPay(at: At): Promise<string> {
  const sheet = await diagnosed(at);
  const number = (await sheet.number.innerText()).trim();
  await sheet.does("判定", "报价确认");
  await sheet.form.addLine("项目", "控制器");
  await sheet.form.addLine("项目", "电路检修");
  await sheet.does("报价", "待客户签字");
  await sheet.form.sign("客户签字");
  await sheet.does("客户签字确认", "待流转");
  await sheet.does("流转至技术部门", "派工");
  const job = await started(at, number);
  await finished(job, { work: "更换控制器", cause: "进水短路" });
  await passed(at, number);
  await sheet.offers("结算签字");
  await sheet.form.pick("当面演示,客户确认故障已消除", "是");
  await sheet.form.pick("付款方式", "到收银台付,或分几种方式付");
  await sheet.form.sign("客户签字");
  await sheet.does("结算签字", "交车");
  return number;
}
