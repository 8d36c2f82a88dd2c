import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import type { Deputy } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { endDeputy } from "../api/queries";

const words: Record<Deputy["status"], Key> = {
  coming: "offices.coming",
  holds: "offices.holds",
  over: "offices.over",
  ended: "offices.ended",
};

/** Who stands in for whom, from when to when, and why. */
export function DeputyRows({ items, me }: { items: Deputy[]; me: string }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: endDeputy,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["deputies"] }),
  });
  return (
    <>
      <ul className="ruled">
        {items.map((row) => (
          <li key={row.id}>
            <b>{t("offices.for", { deputy: row.deputy.name, person: row.person.name })}</b>
            <Tag {...(row.status === "holds" && { tone: "ok" as const })}>
              {t(words[row.status])}
            </Tag>
            <span>
              {row.from} – {row.to}
            </span>
            <span className="muted small deputies-why">
              {row.reason}
              {row.named_by.id !== row.person.id &&
                ` · ${t("offices.namedBy", { name: row.named_by.name })}`}
            </span>
            {row.may_end && (
              <Button
                size="small"
                disabled={end.isPending}
                onClick={() => end.mutate({ id: row.id, mine: row.person.id === me })}
              >
                {t("offices.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.error && (
        <p className="notice bad" role="alert">
          {sentence(end.error, t)}
        </p>
      )}
    </>
  );
}
