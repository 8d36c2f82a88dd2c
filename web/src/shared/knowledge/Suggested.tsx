import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { articlesQuery } from "./queries";

interface Props {
  /** What is said. */
  said: string;
  /** Those marked as having helped, and how to mark one. */
  helped: readonly string[];
  mark: (article: string) => void;
}

/** Articles beside the work: what is said or noted finds them, and what helped is marked. */
export function Suggested({ said, helped, mark }: Props) {
  const { t } = useSpeech();
  const found = useQuery({ ...articlesQuery({ q: said, limit: 4 }), enabled: said !== "" });
  const rows = said === "" ? [] : (found.data?.items ?? []);
  if (rows.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t("knowledge.suggested")}</h2>
      </div>
      {rows.map((one) => (
        <details key={one.id}>
          <summary>{one.title}</summary>
          <p style={{ whiteSpace: "pre-wrap" }}>{one.body}</p>
          <button
            type="button"
            className="chip"
            aria-pressed={helped.includes(one.id)}
            onClick={() => mark(one.id)}
          >
            {t("knowledge.thisHelped")}
          </button>
        </details>
      ))}
    </section>
  );
}
