import { useInfiniteQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { duplicatesQuery, type Compared } from "../api/queries";
import { useAlike } from "../components/useAlike";
import "../customers.css";

/** Files that are likely of one person (疑似重复): to be compared, merged or told apart. */
export default function Duplicates() {
  const { t, say } = useSpeech();
  const alike = useAlike();
  const list = useInfiniteQuery(duplicatesQuery);
  const words = Object.fromEntries(
    ["phone", "name", "identity", "vehicle", "address"].map((one) => [one, alike([one])]),
  );
  const pairs = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack customer-page">
      <div className="page-head">
        <h1>{t("frame.duplicates")}</h1>
        {pairs.length > 0 && (
          <span className="push">
            <ExportButton
              list="duplicates"
              filter={{}}
              columns={[
                { key: "one.name_masked", title: t("registers.name") },
                { key: "one.phone_masked", title: t("registers.phone") },
                { key: "other.name_masked", title: t("registers.otherName") },
                { key: "other.phone_masked", title: t("registers.otherPhone") },
                { key: "alike", title: t("registers.alike"), words },
                { key: "refused", title: t("registers.why") },
              ]}
            />
          </span>
        )}
      </div>
      {list.isPending && <Loading lines={5} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && pairs.length === 0 && !list.hasNextPage && (
        <Blank title={t("customers.noDuplicate")} text={t("customers.noDuplicateText")} />
      )}
      {pairs.map(({ one, other, alike: by, refused }) => (
        <section key={`${one.id}-${other.id}`} className="card stack">
          <div className="row">
            <File of={one} />
            <span aria-hidden="true">↔</span>
            <File of={other} />
            <Link className="push" to={`/customer/${one.id}/merge/${other.id}`}>
              {t("customers.compare")}
            </Link>
          </div>
          <span className="muted small">{t("customers.alike", { by: alike(by) })}</span>
          {refused && <span className="small">{say(refused)}</span>}
        </section>
      ))}
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("customers.more")}
        </Button>
      )}
    </div>
  );
}

function File({ of }: { of: Compared }) {
  const { t } = useSpeech();
  const name = [of.name_masked, of.phone_masked].filter(Boolean).join(" · ");
  return (
    <span>
      <Link to={`/customer/${of.id}`}>{name || t("customers.nameless")}</Link>{" "}
      <span className="muted small">
        {t("customers.counts", { vehicles: of.vehicles, cases: of.cases })}
      </span>
    </span>
  );
}
