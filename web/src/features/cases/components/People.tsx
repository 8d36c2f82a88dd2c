import { Link } from "react-router";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";
import { Owner } from "@/shared/unit/Owner";

/** Who has to do with this case, and the cases that hang on it. */
export function People({ one }: { one: Case }) {
  const { t, say } = useSpeech();
  const rows = [
    [t("cases.opener"), one.opener?.name],
    [t("cases.assignee"), one.assignee?.name],
    [t("cases.owner"), one.owner?.name],
  ] as const;
  return (
    <section className="card">
      <h2>{t("cases.people")}</h2>
      <dl className="pairs">
        {one.customer && (
          <>
            <dt>{t("cases.customer")}</dt>
            <dd>
              <Owner owner={one.customer} />
            </dd>
          </>
        )}
        {rows.map(
          ([name, person]) =>
            person && (
              <div key={name} className="pair">
                <dt>{name}</dt>
                <dd>{person}</dd>
              </div>
            ),
        )}
        <dt>{t("cases.openedAt")}</dt>
        <dd>{dateTime(one.opened_at)}</dd>
      </dl>
      {one.children.length > 0 && (
        <>
          <h3 className="children">{t("cases.children")}</h3>
          {one.children.map((child) => (
            <p key={child.id} className="document">
              <Link to={`/case/${child.id}`}>{child.number}</Link>{" "}
              <span className="sub">{say(child.process_title)}</span>{" "}
              <Tag>{say(child.state.title)}</Tag>
            </p>
          ))}
        </>
      )}
    </section>
  );
}
