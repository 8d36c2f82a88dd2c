import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Switch from "antd/es/switch";
import { useState } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { type PeopleFilter, type PersonRow, peopleQuery, unitsQuery } from "../api/queries";
import { UnitSelect } from "../components/UnitSelect";
import "../staff.css";

/** Everybody within my reach (人员): found by name, pinyin or login, with what they hold. */
export default function People() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const { data: units } = useQuery(unitsQuery);
  const [filter, setFilter] = useState<PeopleFilter>({ q: "", org: null, left: false });
  const [cursor, setCursor] = useState<string | null>(null);
  const put = (part: Partial<PeopleFilter>) => {
    setFilter((last) => ({ ...last, ...part }));
    setCursor(null);
  };
  const found = useQuery({ ...peopleQuery(filter, cursor), placeholderData: keepPreviousData });
  const rows = found.data?.items ?? [];
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{t("frame.people")}</h1>
        {found.data?.total !== null && found.data?.total !== undefined && (
          <span className="muted">{t("staff.count", { n: found.data.total })}</span>
        )}
        <span className="push row">
          {rows.length > 0 && (
            <ExportButton
              list="people"
              filter={{ q: filter.q, org: filter.org, left: filter.left }}
              columns={[
                { key: "name", title: t("staff.name") },
                { key: "login", title: t("staff.login") },
                { key: "org", title: t("staff.unit") },
                { key: "roles", title: t("staff.roles") },
                { key: "certificate", title: t("certificates.title") },
                { key: "certificate.expires", title: t("certificates.expires") },
              ]}
            />
          )}
          {me?.permissions.includes("people_write") && (
            <Link to="/people/new">
              <Button type="primary">{t("staff.addPerson")}</Button>
            </Link>
          )}
        </span>
      </div>
      <div className="row staff-filters">
        <Input
          allowClear
          aria-label={t("staff.search")}
          placeholder={t("staff.search")}
          value={filter.q}
          onChange={(event) => put({ q: event.target.value })}
        />
        <UnitSelect
          clear
          label={t("staff.unit")}
          units={(units?.items ?? []).filter((unit) => unit.in_scope)}
          value={filter.org}
          set={(org) => put({ org })}
        />
        <label className="row">
          <Switch checked={filter.left} onChange={(left) => put({ left })} />
          {t("staff.withLeft")}
        </label>
      </div>
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <Blank title={t("staff.noneTitle")} text={t("staff.noneText")} />
      )}
      {rows.length > 0 && (
        <ul className="card people">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {(cursor || found.data?.next) && (
        <div className="row">
          {cursor && <Button onClick={() => setCursor(null)}>{t("staff.firstPage")}</Button>}
          {found.data?.next && (
            <Button onClick={() => setCursor(found.data?.next ?? null)}>{t("staff.more")}</Button>
          )}
        </div>
      )}
    </div>
  );
}

function Row({ row }: { row: PersonRow }) {
  const { t, say } = useSpeech();
  return (
    <li>
      <Link to={`/people/${row.id}`}>
        <b>{row.name}</b>
        <span className="muted mono">{row.login}</span>
        <span>{row.org?.name ?? "–"}</span>
        <span className="people-roles">{row.roles.map((held) => say(held.title)).join(" · ")}</span>
        <span className="row people-state">
          {row.state === "left" && <Tag tone="bad">{t("staff.stopped")}</Tag>}
          {row.state === "invited" && <Tag tone="warn">{t("staff.notEnrolled")}</Tag>}
          {row.away && <Tag>{t("staff.onLeave")}</Tag>}
        </span>
      </Link>
    </li>
  );
}
