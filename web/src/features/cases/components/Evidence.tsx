import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { fileAddress } from "@/api/files";
import { useSpeech } from "@/shared/i18n";
import { empty } from "@/shared/form/state";
import { VerdictCard } from "@/shared/verdict/VerdictCard";
import { caseQuery } from "../api/queries";
import { Papers } from "./Documents";
import { Shots } from "./Recorded";

/**
 * Photos and papers of another case, as they stand there: nothing is copied, and whoever may not
 * see that case is shown nothing of it.
 */
export function Evidence(props: {
  id: string;
  title: string;
  /** Beside its photos and papers the verdict, and a word where there is nothing to see. */
  whole?: boolean;
  /** Pictures to be looked at first, with why. */
  marked?: ReadonlyMap<string, string>;
}) {
  const { t, say } = useSpeech();
  const { id, title, whole = false, marked } = props;
  const found = useQuery({ ...caseQuery(id), retry: false });
  const one = found.data;
  const filled = Object.entries(one?.labels ?? {}).filter(([field]) => !empty(one?.data[field]));
  // A signature is compared as well: nobody signs twice alike.
  const drawn = whole ? ["photos", "signature"] : ["photos"];
  const shots = filled.filter(([, label]) => drawn.includes(label.kind));
  const files = filled.filter(([, label]) => label.kind === "file");
  const documents = one?.documents.filter((document) => document.status !== "void") ?? [];
  const nothing = !one || shots.length + files.length + documents.length === 0;
  if (nothing && !whole) return null;
  // Who reviews looks at the photos first.
  const papers = <Papers documents={documents} />;
  return (
    <section className="card" aria-label={title}>
      <h2>
        <Link to={`/case/${id}`}>{title}</Link>
      </h2>
      {whole && one?.verdict && <VerdictCard verdict={one.verdict} />}
      {nothing && !found.isPending && <p className="muted">{t("cases.noEvidence")}</p>}
      {one && (
        <>
          {!whole && papers}
          {files.map(([field, label]) => (
            <p key={field}>
              {say(label.title)}{" "}
              {(one.data[field] as string[]).map((file, i) => (
                <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer">
                  {`#${i + 1} `}
                </a>
              ))}
            </p>
          ))}
          {shots.map(([field, label]) => (
            <Shots
              key={field}
              title={say(label.title)}
              label={label}
              value={one.data[field]}
              marked={marked}
            />
          ))}
          {whole && papers}
        </>
      )}
    </section>
  );
}
