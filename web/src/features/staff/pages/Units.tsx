import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { meQuery } from "@/api/queries/session";
import { type Speech, useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { type Unit, unitsQuery } from "../api/queries";
import { UnitForm } from "../components/UnitForm";
import { kinds, place } from "../units";
import "../staff.css";

const kindWords = (t: Speech["t"]) =>
  Object.fromEntries(kinds.map(([word, name]) => [word, t(name)]));

type Editing = { unit: Unit | null; parent: string | null };

/** The tree of the company (机构): maker, departments, agents, stations. */
export default function Units() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const tree = useQuery(unitsQuery);
  const [editing, setEditing] = useState<Editing | null>(null);
  if (tree.isPending) return <Loading lines={6} />;
  if (tree.isError) return <Failed error={tree.error} retry={() => void tree.refetch()} />;
  const units = tree.data.items;
  // Who sees the whole tree and manages people keeps it; the server says the same.
  const shapes =
    (me?.permissions.includes("people_write") ?? false) && units.every((unit) => unit.in_scope);
  const root = units.find((unit) => unit.parent === null)?.id ?? null;
  const key = editing ? (editing.unit?.id ?? `new-${editing.parent}`) : "";
  return (
    <div className="stack staff-page">
      <div className="page-head">
        <h1>{t("frame.units")}</h1>
        <span className="push row">
          <ExportButton
            list="orgs"
            filter={{}}
            columns={[
              { key: "code", title: t("registers.code") },
              { key: "name", title: t("staff.unitName") },
              { key: "kind", title: t("staff.kind"), words: kindWords(t) },
              { key: "stars", title: t("staff.stars") },
              { key: "province", title: t("staff.province") },
              { key: "registered", title: t("staff.registered") },
            ]}
          />
          {shapes && (
            <Button
              type="primary"
              onClick={() => setEditing({ unit: null, parent: root })}
            >
              {t("staff.addUnit")}
            </Button>
          )}
        </span>
      </div>
      {editing && (
        <UnitForm
          key={key}
          units={units}
          unit={editing.unit}
          parent={editing.parent}
          done={() => setEditing(null)}
        />
      )}
      <ul className="card units">
        {units.map((unit) => (
          <Row
            key={unit.id}
            unit={unit}
            depth={place(units, unit.id).depth}
            {...(shapes && { edit: () => setEditing({ unit, parent: null }) })}
          />
        ))}
      </ul>
    </div>
  );
}

function Row({ unit, depth, edit }: { unit: Unit; depth: number; edit?: () => void }) {
  const { t } = useSpeech();
  const kind = kinds.find(([word]) => word === unit.kind)?.[1];
  return (
    <li style={{ "--depth": depth } as React.CSSProperties}>
      <b>{unit.name}</b>
      <span className="muted mono">{unit.code}</span>
      <span className="muted">{kind ? t(kind) : unit.kind}</span>
      {unit.stars !== null && (
        <span aria-label={t("staff.starsOf", { n: unit.stars })}>{"★".repeat(unit.stars)}</span>
      )}
      {unit.province && <span className="muted">{unit.province}</span>}
      {!unit.registered && <Tag tone="warn">{t("staff.notRegistered")}</Tag>}
      {edit && (
        <Button size="small" className="push" onClick={edit}>
          {t("staff.edit")}
        </Button>
      )}
    </li>
  );
}
