import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Standing, standingQuery } from "@/shared/unit/Standing";
import { putTags } from "../api/queries";

/** Grade and tags of a customer (客户等级、客户标签): what staff heed, and tags to put on or take off. */
export function Tags({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const standing = useQuery(standingQuery(id));
  const save = useMutation({
    mutationFn: ({ tags, were }: { tags: string[]; were: string[] }) => putTags(id, tags, were),
    onSuccess: (now) => {
      queries.setQueryData(standingQuery(id).queryKey, now);
      return queries.invalidateQueries({ queryKey: ["customer", id, "dealings"] });
    },
    // Somebody else was quicker: what they chose is shown before it is changed again.
    onError: () => queries.invalidateQueries({ queryKey: standingQuery(id).queryKey }),
  });
  if (!standing.data) return null;
  const { tags, choices, vehicles, visits } = standing.data;
  const were = tags.map((tag) => tag.id);
  // One that the rulebook has given up can still be taken off.
  const gone = tags.filter((tag) => !choices.some((choice) => choice.id === tag.id));
  const toggled = (tag: string) =>
    were.includes(tag) ? were.filter((one) => one !== tag) : [...were, tag];
  return (
    <section className="card stack">
      <div className="card-head">
        <h2>{t("customers.standing")}</h2>
        <span className="muted small">{t("customers.standingBy", { vehicles, visits })}</span>
      </div>
      <Standing customer={id} />
      {!standing.data.grade && tags.length === 0 && (
        <p className="muted">{t("customers.noStanding")}</p>
      )}
      {mayWrite && choices.length + gone.length > 0 && (
        <div className="row" role="group" aria-label={t("customers.tags")}>
          {[...choices, ...gone].map((tag) => (
            <button
              key={tag.id}
              type="button"
              className="chip"
              aria-pressed={were.includes(tag.id)}
              disabled={save.isPending}
              onClick={() => save.mutate({ tags: toggled(tag.id), were })}
            >
              {say(tag.title)}
            </button>
          ))}
        </div>
      )}
      {save.error && (
        <p className="notice bad" role="alert">
          {sentence(save.error, t)}
        </p>
      )}
    </section>
  );
}
