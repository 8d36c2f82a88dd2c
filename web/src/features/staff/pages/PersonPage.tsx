import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { Tokens } from "@/shared/tokens/Tokens";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import {
  changePerson,
  invite,
  type PersonForm,
  personQuery,
  type PersonPage as Page,
  signOutAll,
} from "../api/queries";
import { History } from "../components/History";
import { Identity } from "../components/Identity";
import { LinkCard } from "../components/LinkCard";
import { PersonEditor } from "../components/PersonEditor";
import { Rights } from "../components/Rights";
import "../staff.css";

/** One person: what they hold, what that allows and why, what happened to their account. */
export default function PersonPage() {
  const { id = "" } = useParams();
  const { t } = useSpeech();
  const page = useQuery(personQuery(id));
  const { data: me } = useQuery(meQuery);
  if (page.isPending) return <Loading lines={6} />;
  if (page.isError) return <Failed error={page.error} retry={() => void page.refetch()} />;
  const { person } = page.data;
  return (
    <div className="stack staff-page">
      <div className="page-head">
        <h1>{person.name}</h1>
        <span className="muted mono">{person.login}</span>
        <Link className="push" to="/people">
          {t("frame.people")}
        </Link>
      </div>
      {person.manageable ? <Managed page={page.data} /> : <Held page={page.data} />}
      {person.manageable && (
        <Tokens
          whose={`/people/${person.id}/tokens`}
          coded={me?.second_factor === "on"}
          text={t("tokens.textOther")}
        />
      )}
      <Identity page={page.data} />
      <Rights page={page.data} />
      <History items={page.data.history} />
    </div>
  );
}

function Managed({ page }: { page: Page }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const { person, version } = page;
  const fresh = () => queries.invalidateQueries({ queryKey: ["people"] });
  const save = useMutation({
    mutationFn: (form: PersonForm) => changePerson(person.id, version, form),
    onSuccess: fresh,
  });
  const link = useMutation({ mutationFn: () => invite(person.id), onSuccess: fresh });
  const out = useMutation({ mutationFn: () => signOutAll(person.id), onSuccess: fresh });
  const start = {
    name: person.name,
    org: person.org?.id ?? null,
    roles: person.roles.map((held) => ({ role: held.role, org: held.org?.id ?? null })),
    skills: person.skills,
    away_until: page.away_until,
    active: person.state !== "left",
  };
  const failed = link.error ?? out.error;
  return (
    <>
      {link.data && <LinkCard link={link.data} name={person.name} />}
      {failed && (
        <p className="notice bad" role="alert">
          {sentence(failed, t)}
        </p>
      )}
      <PersonEditor
        key={version}
        start={start}
        busy={save.isPending}
        error={save.error}
        save={save.mutate}
      >
        <Button
          loading={link.isPending}
          disabled={person.state === "left"}
          onClick={() => link.mutate()}
        >
          {t(person.state === "working" ? "staff.newPassword" : "staff.inviteAgain")}
        </Button>
        <Button loading={out.isPending} onClick={() => out.mutate()}>
          {t(out.isSuccess ? "staff.signedOut" : "staff.signOutAll")}
        </Button>
      </PersonEditor>
    </>
  );
}

function Held({ page }: { page: Page }) {
  const { t, say } = useSpeech();
  return (
    <section className="card stack">
      <p className="muted small">{t("staff.notMine")}</p>
      <ul className="rights">
        {page.person.roles.map((held) => (
          <li key={`${held.role}-${held.org?.id}`}>
            <span>{say(held.title)}</span>
            <span className="muted">{held.org?.name ?? "–"}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
