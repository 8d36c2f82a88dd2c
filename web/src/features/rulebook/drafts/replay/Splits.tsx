import { useSearchParams } from "react-router";
import type { ReplayGroup, ReplayReport } from "@/api/replay";
import { useSpeech } from "@/shared/i18n";
import { yuan } from "@/shared/money";
import { Pick } from "@/shared/ui/Pick";
import type { Wanted } from "./api";

const splits = ["turns", "parts", "models", "stations", "months"] as const;
type Split = (typeof splits)[number];

/** The key of the list's filter for each split. */
const filters = {
  turns: "turn",
  parts: "part",
  models: "model",
  stations: "station",
  months: "month",
} as const satisfies Record<Split, keyof Wanted>;

/** Rows shown; who wants all has the workbook. */
const MOST = 40;

/** The same numbers by change, part, model, station or month; each row leads to its list. */
export function Splits({ report }: { report: ReplayReport }) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const split = splits.find((each) => each === search.get("by")) ?? "turns";
  const put = (key: string, value: string | null) => {
    const next = new URLSearchParams(search);
    next.delete("verdict");
    if (value) next.set(key, value);
    else next.delete(key);
    setSearch(next, { replace: true });
  };
  const filter = filters[split];
  const changed = report[split].filter((group) => group.count.changed > 0);
  const same = report[split].length - changed.length;
  return (
    <section className="card">
      <div className="scroll-x replay-by">
        <Pick<Split>
          small
          label={t("replay.by")}
          options={splits.map((each) => ({ value: each, label: t(`replay.by_${each}`) }))}
          value={split}
          set={(next) => next && put("by", next)}
        />
      </div>
      <div className="scroll-x">
        <table className="paper-table replay-split">
          <thead>
            <tr>
              <th>{t(`replay.by_${split}`)}</th>
              <th className="num">{t("replay.changed")}</th>
              {split !== "turns" && <th className="num replay-all">{t("replay.verdicts")}</th>}
              <th className="num">{t("replay.money")}</th>
              <th className="num">{t("replay.unknown")}</th>
            </tr>
          </thead>
          <tbody>
            {changed.slice(0, MOST).map((group) => (
              <Row
                key={group.key}
                group={group}
                split={split}
                chosen={search.get(filter) === group.key}
                choose={() => put(filter, search.get(filter) === group.key ? null : group.key)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {split !== "turns" && (same > 0 || changed.length > MOST) && (
        <p className="muted small">
          {changed.length > MOST && t("replay.moreRows", { n: changed.length - MOST })}{" "}
          {same > 0 && t("replay.sameRows", { n: same })}
        </p>
      )}
    </section>
  );
}

function Row(props: { group: ReplayGroup; split: Split; chosen: boolean; choose: () => void }) {
  const { say } = useSpeech();
  const { count, title } = props.group;
  return (
    <tr className={props.chosen ? "marked" : ""}>
      <td>
        <button type="button" className="link" aria-pressed={props.chosen} onClick={props.choose}>
          {say(title)}
        </button>
      </td>
      <td className="num">{count.changed}</td>
      {props.split !== "turns" && <td className="num replay-all">{count.verdicts}</td>}
      <td className="num">{signed(count.cost_fen)}</td>
      <td className="num">{count.unknown || "–"}</td>
    </tr>
  );
}

/** `+¥1,280.00` of what costs more. */
export function signed(fen: number): string {
  return fen > 0 ? `+${yuan(fen)}` : yuan(fen);
}
