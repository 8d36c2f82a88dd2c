import type { Dictionary } from "..";
import { form } from "./form";
import { frame } from "./frame";
import { signin } from "./signin";
import { time } from "./time";
import { words } from "./words";

/** Every sentence of the screens in English. */
export const en: Dictionary = { form, frame, signin, time, words };
