import type { DraftColumn } from "@/api/drafts";
import type { Speech } from "@/shared/i18n";

// Between what a file writes in a cell and what a person reads and types there.

/** Parts of a cell at the bars outside of brackets. */
function parts(cell: string): string[] {
  return cell.split("|").map((part) => part.trim());
}

const negated = /^not\((.*)\)$/;

/** A cell in words; what has none stays as it is written. */
export function shown(cell: string, column: DraftColumn, speech: Speech): string {
  return inWords(cell, column, speech, " / ");
}

/** A cell as it goes to Excel: words, and bars between several, which come back as they went. */
export function copied(cell: string, column: DraftColumn, speech: Speech): string {
  return inWords(cell, column, speech, "|");
}

function inWords(cell: string, column: DraftColumn, speech: Speech, bar: string): string {
  const { t, say } = speech;
  const not = negated.exec(cell.trim());
  if (not) {
    const inner = inWords(not[1] ?? "", column, speech, bar);
    return t("drafts.cellNot", { of: inner });
  }
  const one = (part: string): string => {
    if (column.kind === "bool" || part === "yes" || part === "no") {
      if (part === "yes" || part === "true") return t("words.yes");
      if (part === "no" || part === "false") return t("words.no");
    }
    const choice = column.choices.find((each) => each.key === part);
    if (choice) return say(choice.title) || part;
    return part.replace(/^<=/, "≤").replace(/^>=/, "≥");
  };
  return parts(cell).map(one).join(bar);
}

const yes = new Set(["yes", "true", "y", "是", "有", "对"]);
const no = new Set(["no", "false", "n", "否", "无", "不是"]);

/** What a person typed or pasted, as the file writes it; what is not understood stays as typed. */
export function read(typed: string, column: DraftColumn): string {
  const text = plain(typed);
  if (text === "" || /^(任意|不限|any|-)$/i.test(text)) return "";
  const not = /^(?:not\((.*)\)|(?:≠|!=|非|not )\s*(.+))$/i.exec(text);
  if (not && (column.choices.length > 0 || text.startsWith("not("))) {
    const inner = read(not[1] ?? not[2] ?? "", column);
    return inner.startsWith("not(") ? text : `not(${inner})`;
  }
  if (column.kind === "bool") {
    const word = text.toLowerCase();
    return yes.has(word) ? "yes" : no.has(word) ? "no" : text;
  }
  if (column.choices.length > 0) return keys(text, column) ?? text;
  if (column.kind === "text" || column.kind === "clause") return text;
  return bounds(text, column);
}

function plain(typed: string): string {
  return typed
    .replace(/[\r\n\t]+/g, " ")
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, " ")
    .replace(/≤|<＝/g, "<=")
    .replace(/≥/g, ">=")
    .trim();
}

/** Names or keys of the column, several between bars; null where one of them is neither. */
function keys(text: string, column: DraftColumn): string | null {
  const find = (word: string) => {
    const lower = word.toLowerCase();
    const found = column.choices.find(
      ({ key, title }) =>
        key === word || title.zh === word || title.en.toLowerCase() === lower,
    );
    return found?.key;
  };
  const whole = find(text);
  if (whole) return whole;
  const found = text.split(/\s*[|/、,;]\s*/).filter(Boolean).map(find);
  return found.every((key) => key !== undefined) ? [...new Set(found)].join("|") : null;
}

const said: readonly [RegExp, string][] = [
  [/^(?:不超过|至多|最多|<=)\s*(.+)$/, "<="],
  [/^(.+?)(?:以内|之内|及以下)$/, "<="],
  [/^(?:不少于|不低于|至少|>=)\s*(.+)$/, ">="],
  [/^(.+?)(?:以上|及以上)$/, ">="],
  [/^(?:低于|少于|小于|不足|不满|<)\s*(.+)$/, "<"],
  [/^(.+?)(?:以下)$/, "<"],
  [/^(?:超过|高于|大于|多于|>)\s*(.+)$/, ">"],
];

/** 7天以内 is `<= 7天`; a sign of the unit that the column has anyway is left out. */
function bounds(text: string, column: DraftColumn): string {
  const bare = (value: string) => {
    const trimmed = value.trim();
    const signs = column.unit ? [column.unit.zh, column.unit.en] : [];
    const sign = signs.find((each) => each !== "" && trimmed.endsWith(each));
    if (column.kind !== "number" || !sign) return trimmed;
    return trimmed.slice(0, -sign.length).trim();
  };
  for (const [form, sign] of said) {
    const found = form.exec(text);
    if (found) return `${sign} ${bare(found[1] ?? "")}`;
  }
  const range = /^(\d[\d.]*)\s*(?:~|到|至|–)\s*(\d[\d.]*)$/.exec(text);
  return range ? `[${range[1]}..${range[2]}]` : bare(text);
}
