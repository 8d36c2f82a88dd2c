import { useId, useState } from "react";
import type { Lock } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Blank } from "@/shared/ui/States";

type Face = Lock["people"][number];

interface Props {
  people: Face[];
  choose: (face: Face) => void;
}

/** Those one may be: by a tap, by the number beside the face, or by a part of the name. */
export function Faces({ people, choose }: Props) {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState("");
  if (people.length === 0) return <Blank title={t("lock.none")} text={t("lock.noneText")} />;
  const numbered = people.map((face, i) => ({ face, number: i + 1 }));
  const meant = typed.trim();
  const fits = ({ face, number }: (typeof numbered)[number]) =>
    /^\d+$/.test(meant) ? String(number).startsWith(meant) : face.name.includes(meant);
  const shown = numbered.filter(fits);
  // A number that no longer one begins with is meant at once.
  const type = (text: string) => {
    setTyped(text);
    const number = Number(text.trim());
    const face = people[number - 1];
    if (/^\d+$/.test(text.trim()) && face && number * 10 > people.length) choose(face);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const exact = shown.find((row) => String(row.number) === meant) ?? shown[0];
        if (meant && exact) choose(exact.face);
      }}
    >
      <label htmlFor={`${id}-who`}>{t("lock.who")}</label>
      <input
        id={`${id}-who`}
        className="lock-who"
        autoComplete="off"
        autoFocus
        placeholder={t("lock.whoHint")}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <ul className="lock-faces">
        {shown.map(({ face, number }) => (
          <li key={face.id}>
            <button type="button" onClick={() => choose(face)}>
              <span className="avatar" aria-hidden="true">
                {face.name.slice(0, 1)}
              </span>
              <b>{face.name}</b>
              <span className="kbd">{number}</span>
              {face.blocked && <span className="tag warn">{t("lock.needsPassword")}</span>}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="muted">{t("lock.nobody")}</p>}
    </form>
  );
}
