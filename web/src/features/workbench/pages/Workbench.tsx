import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { offersQuery, processesQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";
import { useNow } from "@/shared/time/clock";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { TodoRow } from "../components/TodoRow";
import { groups, todos } from "../components/group";
import "./workbench.css";

/** What I must do now, by deadline, late on top; nothing here that is not mine. */
export default function Workbench() {
  const { t } = useSpeech();
  const now = useNow();
  const offers = useQuery(offersQuery);
  const { data: processes } = useQuery(processesQuery);
  const shift = processes?.items.find((process) => process.id === "shift_handover");
  if (offers.isPending) {
    return (
      <div className="card">
        <Loading lines={8} />
      </div>
    );
  }
  if (offers.isError && !offers.data) {
    return <Failed error={offers.error} retry={() => void offers.refetch()} />;
  }
  const found = todos(offers.data.items, now);
  const all = groups.reduce((sum, group) => sum + found[group].length, 0);
  const n = all - found.watch.length;
  const late = found.late.length;
  const soon = found.soon.length;
  return (
    <>
      <div className="page-head">
        <h1>{t("workbench.title")}</h1>
        {n > 0 && (
          <span className={late > 0 ? "late" : "muted"}>
            {late + soon > 0
              ? t("workbench.summary", { late, soon, n })
              : t("workbench.calm", { n })}
          </span>
        )}
        {shift?.can_open && (
          <Link className="ant-btn-like push" to="/open/shift_handover">
            {t("frame.shift")}
          </Link>
        )}
      </div>
      {all === 0 && (
        <div className="card">
          <Blank title={t("workbench.emptyTitle")} text={t("workbench.emptyText")}>
            <Link to="/desk">{t("frame.desk")}</Link>
          </Blank>
        </div>
      )}
      {groups.map(
        (group) =>
          found[group].length > 0 && (
            <section
              key={group}
              className="todos"
              data-group={group}
              aria-label={t(`workbench.${group}`)}
            >
              <h2>
                {t(`workbench.${group}`)} <span className="muted">{found[group].length}</span>
              </h2>
              <div className="card">
                {found[group].map((todo) => (
                  <TodoRow
                    key={todo.offer.case.id}
                    todo={todo}
                    watch={group === "watch"}
                    first={todo === groups.flatMap((each) => found[each])[0]}
                  />
                ))}
              </div>
            </section>
          ),
      )}
    </>
  );
}
