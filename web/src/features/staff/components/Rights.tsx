import { useSpeech } from "@/shared/i18n";
import type { Granted, PersonPage } from "../api/queries";

/** What somebody may do, and which role at which unit gives it. */
export function Rights({ page }: { page: PersonPage }) {
  const { t } = useSpeech();
  return (
    <section className="card stack">
      <h2>{t("staff.rights")}</h2>
      <p className="muted small">{t("staff.rightsText")}</p>
      <List items={page.rights} />
      {page.acts.map((acts) => (
        <Process key={acts.process.zh} acts={acts} />
      ))}
    </section>
  );
}

function Process({ acts }: { acts: PersonPage["acts"][number] }) {
  const { say } = useSpeech();
  return (
    <details className="rights-process">
      <summary>
        {say(acts.process)} <span className="muted">{acts.actions.length}</span>
      </summary>
      <List items={acts.actions} />
    </details>
  );
}

function List({ items }: { items: Granted[] }) {
  const { say, t } = useSpeech();
  return (
    <ul className="rights">
      {items.map((granted, i) => (
        <li key={i}>
          <span>{say(granted.right)}</span>
          <span className="muted small">
            {granted.from
              .map(({ title, org }) => [say(title), org?.name].filter(Boolean).join(" · "))
              .join(t("staff.and"))}
          </span>
        </li>
      ))}
    </ul>
  );
}
