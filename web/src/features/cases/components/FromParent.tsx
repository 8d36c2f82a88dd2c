import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { fileAddress } from "@/api/files";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { empty } from "@/shared/form/state";
import { caseQuery } from "../api/queries";
import { Papers } from "./Documents";
import { Shots } from "./Recorded";

/**
 * Photos and papers of the case this one was opened from, as they stand there: nothing is copied,
 * and whoever may not see that case is shown its number alone.
 */
export function FromParent({ parent }: { parent: NonNullable<Case["parent"]> }) {
  const { t, say } = useSpeech();
  const found = useQuery({ ...caseQuery(parent.id), retry: false });
  const one = found.data;
  const filled = Object.entries(one?.labels ?? {}).filter(([field]) => !empty(one?.data[field]));
  const shots = filled.filter(([, label]) => label.kind === "photos");
  const files = filled.filter(([, label]) => label.kind === "file");
  const documents = one?.documents.filter((document) => document.status !== "void") ?? [];
  if (!one || shots.length + files.length + documents.length === 0) return null;
  return (
    <section className="card" aria-label={t("cases.fromParent", { number: parent.number })}>
      <h2>
        <Link to={`/case/${parent.id}`}>{t("cases.fromParent", { number: parent.number })}</Link>
      </h2>
      <Papers documents={documents} />
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
        <Shots key={field} title={say(label.title)} label={label} value={one.data[field]} />
      ))}
    </section>
  );
}
