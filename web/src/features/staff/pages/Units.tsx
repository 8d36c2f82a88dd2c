import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { meQuery } from "@/api/queries/session";
import { type Speech, useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { type Unit, unitsQuery } from "../api/queries";
import { UnitForm } from "../components/UnitForm";
import { UnitRow } from "../components/UnitRow";
import { kinds, place, reads, shown, standings } from "../units";
import "@/shared/list/list.css";
import "../staff.css";

const words = (t: Speech["t"], named: typeof kinds) =>
  Object.fromEntries(named.map(([word, name]) => [word, t(name)]));

type Editing = { unit: Unit | null; parent: string | null };

/** The tree of the company (机构) and register of stations: who works, with which nameplate. */
export default function Units() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const tree = useQuery(unitsQuery);
  const [part, setPart] = useState("all");
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Editing | null>(null);
  if (tree.isPending) return <Loading lines={6} />;
  if (tree.isError) return <Failed error={tree.error} retry={() => void tree.refetch()} />;
  const units = tree.data.items;
  // Who sees the whole tree and manages people keeps it; the server says the same.
  const shapes =
    (me?.permissions.includes("people_write") ?? false) && units.every((unit) => unit.in_scope);
  const root = units.find((unit) => unit.parent === null)?.id ?? null;
  const only = shown.find(([word]) => word === part)?.[2] ?? {};
  const wanted = text.trim().toLowerCase();
  const said = (unit: Unit) =>
    `${unit.name} ${unit.code} ${unit.nameplate ?? ""} ${unit.agent ?? ""}`.toLowerCase();
  const found = units.filter((unit) => reads(unit, only) && said(unit).includes(wanted));
  const key = editing ? (editing.unit?.id ?? `new-${editing.parent}`) : "";
  return (
    <div className="stack staff-page">
      <div className="page-head">
        <h1>{t("frame.units")}</h1>
        <span className="push row">
          <ExportButton
            list="orgs"
            filter={{}}
            only={only}
            columns={[
              { key: "code", title: t("registers.code") },
              { key: "name", title: t("staff.unitName") },
              { key: "kind", title: t("staff.kind"), words: words(t, kinds) },
              { key: "stars", title: t("staff.stars") },
              { key: "province", title: t("staff.province") },
              { key: "city", title: t("staff.city") },
              { key: "address", title: t("staff.address") },
              { key: "phone", title: t("staff.phone") },
              { key: "registered", title: t("staff.registered") },
              {
                key: "standing",
                title: t("staff.standing"),
                words: words(t, standings),
              },
              { key: "agent", title: t("staff.agent") },
              { key: "nameplate", title: t("staff.nameplate") },
              { key: "floor_area", title: t("staff.floorArea") },
              { key: "certified", title: t("staff.certified") },
              { key: "certificate_ends", title: t("staff.certificateEnds") },
              { key: "lacks_station", title: t("staff.lacksStation") },
              { key: "set_by.number", title: t("staff.setByTitle") },
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
      <div className="list-filters">
        <Pick
          small
          label={t("frame.units")}
          options={shown.map(([word, name, row]) => ({
            value: word,
            label: `${t(name)} ${units.filter((unit) => reads(unit, row)).length}`,
          }))}
          value={part}
          set={(next) => setPart(next ?? "all")}
        />
        <Input
          allowClear
          aria-label={t("staff.findUnit")}
          placeholder={t("staff.findUnit")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {found.length === 0 && <Blank title={t("staff.noUnit")} text={t("staff.noUnitText")} />}
      <ul className="card units" hidden={found.length === 0}>
        {found.map((unit) => (
          <UnitRow
            key={unit.id}
            unit={unit}
            depth={found.length === units.length ? place(units, unit.id).depth : 0}
            {...(shapes && { edit: () => setEditing({ unit, parent: null }) })}
          />
        ))}
      </ul>
    </div>
  );
}
