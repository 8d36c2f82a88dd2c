import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import Select from "antd/es/select";
import { useState } from "react";
import type { DutyRoster } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { type ShiftDraft, setDuty } from "../api/queries";
import "@/shared/ui/pick.css";

/** What is edited: a day of every week, or one date. */
export type Editing = { weekday: number } | { day: string; own: boolean };

interface Props {
  roster: DutyRoster;
  editing: Editing;
  close: () => void;
}

type Draft = ShiftDraft & { key: number };
const MOST = 8;

/** The shifts of a day; the same may be put on other days of the week in one go. */
export function ShiftEditor({ roster, editing, close }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const weekly = "weekday" in editing;
  const stands = weekly
    ? roster.week[editing.weekday - 1]?.shifts
    : roster.days.find((day) => day.day === editing.day)?.shifts;
  const [rows, setRows] = useState<Draft[]>(() =>
    (stands ?? []).map(({ person, from, to }, key) => ({
      key,
      person: person.id,
      from,
      to: to === "24:00" ? "00:00" : to,
    })),
  );
  const [also, setAlso] = useState<number[]>(weekly ? [editing.weekday] : []);
  const put = (key: number, part: Partial<Draft>) =>
    setRows((last) => last.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const save = useMutation({
    mutationFn: (asTheWeek: boolean) =>
      setDuty(roster.org.id, {
        version: roster.version,
        ...(weekly ? { weekdays: also } : { days: [editing.day] }),
        shifts: asTheWeek ? [] : rows.map(({ person, from, to }) => ({ person, from, to })),
        as_the_week: asTheWeek,
      }),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ["duty"] }),
  });
  const complete = rows.every((row) => row.person && row.from && row.to);
  const people = roster.people.map(({ id, name }) => ({ value: id, label: name }));
  const add = () => {
    const last = rows.at(-1);
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
    setRows([...rows, { key, person: "", from: last?.to ?? "17:30", to: last?.from ?? "22:00" }]);
  };
  return (
    <Modal
      open
      title={weekly ? t("duty.editWeek") : t("duty.editDay", { day: editing.day })}
      onCancel={close}
      onOk={() => save.mutate(false)}
      okText={t("duty.save")}
      okButtonProps={{ disabled: !complete || (weekly && also.length === 0) }}
      confirmLoading={save.isPending}
    >
      <div className="stack">
        {weekly && (
          <div className="row" role="group" aria-label={t("duty.onDays")}>
            {roster.week.map(({ weekday }) => (
              <button
                key={weekday}
                type="button"
                className="chip"
                aria-pressed={also.includes(weekday)}
                onClick={() =>
                  setAlso((last) =>
                    last.includes(weekday)
                      ? last.filter((each) => each !== weekday)
                      : [...last, weekday],
                  )
                }
              >
                {t(`duty.day${weekday}` as Key)}
              </button>
            ))}
          </div>
        )}
        {rows.length === 0 && <p className="muted">{t("duty.nobodyHere")}</p>}
        {rows.map((row) => (
          <div key={row.key} className="duty-row">
            <Select
              aria-label={t("duty.person")}
              showSearch
              optionFilterProp="label"
              value={row.person || null}
              placeholder={t("duty.person")}
              onChange={(person: string) => put(row.key, { person })}
              options={people}
            />
            <input
              className="plain-input"
              type="time"
              aria-label={t("duty.from")}
              value={row.from}
              onChange={(event) => put(row.key, { from: event.target.value })}
            />
            <input
              className="plain-input"
              type="time"
              aria-label={t("duty.to")}
              value={row.to}
              onChange={(event) => put(row.key, { to: event.target.value })}
            />
            <Button
              type="text"
              onClick={() => setRows(rows.filter((each) => each.key !== row.key))}
            >
              {t("duty.remove")}
            </Button>
          </div>
        ))}
        <div className="row">
          <Button disabled={rows.length >= MOST} onClick={add}>
            {t("duty.add")}
          </Button>
          {!weekly && editing.own && (
            <Button disabled={save.isPending} onClick={() => save.mutate(true)}>
              {t("duty.asTheWeek")}
            </Button>
          )}
        </div>
        <p className="muted small">{t("duty.overnight")}</p>
        {save.error && (
          <p className="notice bad" role="alert">
            {sentence(save.error, t)}
          </p>
        )}
      </div>
    </Modal>
  );
}
