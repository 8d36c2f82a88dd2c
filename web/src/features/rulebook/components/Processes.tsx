import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useSearchParams } from "react-router";
import type { ProcessPage, RulebookSummary } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { processQuery } from "../api/queries";
import { Drawing } from "../diagram/Drawing";
import { ActDetails } from "./ActDetails";

/** A process as a drawing: states, acts and deadlines; an act opens its conditions beside it. */
export default function Processes({ processes }: { processes: RulebookSummary["processes"] }) {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const id = search.get("process") ?? processes[0]?.id ?? "";
  const page = useQuery(processQuery(id));
  const chosen = search.get("act");
  return (
    <div className="stack">
      <div className="row">
        <Select
          style={{ minWidth: 240 }}
          aria-label={t("rulebook.processes")}
          value={id}
          options={processes.map((each) => ({ value: each.id, label: say(each.title) }))}
          onChange={(next: string) => setSearch({ tab: "processes", process: next })}
        />
        <span className="legend">
          <span className="legend-act">{t("rulebook.legendAct")}</span>
          <span className="legend-deadline">{t("rulebook.legendDeadline")}</span>
          <span className="legend-again">{t("rulebook.legendAgain")}</span>
        </span>
      </div>
      {page.isPending && <Loading lines={10} />}
      {page.isError && <Failed error={page.error} retry={() => void page.refetch()} />}
      {page.data && (
        <Drawn
          page={page.data}
          chosen={chosen}
          choose={(act) => setSearch({ tab: "processes", process: id, act }, { replace: true })}
        />
      )}
    </div>
  );
}

interface Drawn {
  page: ProcessPage;
  chosen: string | null;
  choose: (act: string) => void;
}

function Drawn({ page, chosen, choose }: Drawn) {
  const { t, say } = useSpeech();
  const { process } = page;
  const tracks = [...new Set(process.state.map((state) => state.track))];
  const act = [process.start, ...process.action].find((each) => each.id === chosen) ?? null;
  return (
    <div className="columns process">
      <div className="stack">
        {tracks.map((track) => (
          <section key={track} className="card">
            {tracks.length > 1 && (
              <h2>
                {say(process.track?.find((each) => each.id === track)?.title) ||
                  say(process.title)}
              </h2>
            )}
            <div className="scroll-x" ref={centred}>
              <Drawing page={page} track={track} chosen={chosen} choose={choose} />
            </div>
          </section>
        ))}
      </div>
      <aside className="clause-side">
        {act ? (
          <ActDetails act={act} page={page} />
        ) : (
          <section className="card muted">{t("rulebook.pickAct")}</section>
        )}
      </aside>
    </div>
  );
}

/** A drawing wider than the window begins at its middle, where the states stand. */
function centred(card: HTMLElement | null): void {
  if (card) card.scrollLeft = (card.scrollWidth - card.clientWidth) / 2;
}
