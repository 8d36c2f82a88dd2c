import { form } from "./form";
import { frame } from "./frame";
import { signin } from "./signin";
import { time } from "./time";
import { words } from "./words";

/** Every sentence of the screens in Chinese; the English dictionary has the same shape. */
export const zh = { form, frame, signin, time, words };
