// The workshop's part of a repair: assigned, started, finished, looked at again. Each by the person
// whose job it is, at their own window.
import type { Page } from "@playwright/test";
import type { CasePage } from "./case.ts";
import { Workbench } from "./workbench.ts";

export type At = (name: string) => Promise<Page>;

/** What the technician writes down. */
export interface Repair {
  work: string;
  cause: string;
  oldSerial?: string;
  newSerial?: string;
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
