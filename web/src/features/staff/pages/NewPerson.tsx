import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { addPerson, type PersonForm } from "../api/queries";
import { LinkCard } from "../components/LinkCard";
import { PersonEditor } from "../components/PersonEditor";
import "../staff.css";

/** Takes somebody on; at the end stands the link that lets them in. */
export default function NewPerson() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [login, setLogin] = useState("");
  const [round, setRound] = useState(0);
  const add = useMutation({
    mutationFn: (person: PersonForm) => addPerson({ login: login.trim(), person }),
    onSuccess: () => {
      setLogin("");
      setRound((last) => last + 1);
      void queries.invalidateQueries({ queryKey: ["people"] });
    },
  });
  if (!me) return null;
  const start = {
    name: "",
    org: me.org.id,
    roles: [{ role: null, org: me.org.id }],
    skills: [],
    away_until: null,
    active: true,
  };
  return (
    <div className="stack staff-page">
      <div className="page-head">
        <h1>{t("staff.addPerson")}</h1>
        <Link className="push" to="/people">
          {t("frame.people")}
        </Link>
      </div>
      {add.data && (
        <>
          <LinkCard key={add.data.id} link={add.data.invitation} name={add.variables.name} />
          <Link to={`/people/${add.data.id}`}>{t("staff.seePerson")}</Link>
        </>
      )}
      <PersonEditor
        key={round}
        start={start}
        login={{ value: login, set: setLogin }}
        busy={add.isPending}
        error={add.error}
        save={add.mutate}
      />
    </div>
  );
}
