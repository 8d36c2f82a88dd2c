import type { Dictionary } from "..";
import { ask } from "./ask";
import { campaigns } from "./campaigns";
import { quality } from "./quality";
import { cases } from "./cases";
import { cashier } from "./cashier";
import { certificates } from "./certificates";
import { customers } from "./customers";
import { desk } from "./desk";
import { drafts } from "./drafts";
import { duty } from "./duty";
import { enquiries } from "./enquiries";
import { facts } from "./facts";
import { figures } from "./figures";
import { form } from "./form";
import { frame } from "./frame";
import { hotline } from "./hotline";
import { imports } from "./imports";
import { knowledge } from "./knowledge";
import { list } from "./list";
import { lock } from "./lock";
import { messages } from "./messages";
import { migrations } from "./migrations";
import { offices } from "./offices";
import { parts } from "./parts";
import { prices } from "./prices";
import { print } from "./print";
import { registers } from "./registers";
import { replay } from "./replay";
import { review } from "./review";
import { rulebook } from "./rulebook";
import { scorecards } from "./scorecards";
import { signin } from "./signin";
import { staff } from "./staff";
import { stock } from "./stock";
import { time } from "./time";
import { tokens } from "./tokens";
import { told } from "./told";
import { unit } from "./unit";
import { mail } from "./mail";
import { robots } from "./robots";
import { webhooks } from "./webhooks";
import { words } from "./words";
import { workbench } from "./workbench";

/** Every sentence of the screens in English. */
export const en: Dictionary = {
  ask,
  campaigns,
  quality,
  cases,
  cashier,
  certificates,
  customers,
  desk,
  drafts,
  duty,
  enquiries,
  facts,
  figures,
  form,
  frame,
  hotline,
  imports,
  knowledge,
  list,
  lock,
  messages,
  migrations,
  offices,
  parts,
  prices,
  print,
  registers,
  replay,
  review,
  rulebook,
  scorecards,
  signin,
  staff,
  stock,
  time,
  tokens,
  told,
  unit,
  mail,
  robots,
  webhooks,
  words,
  workbench,
};
