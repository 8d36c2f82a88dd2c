import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link, useSearchParams } from "react-router";
import type { BlankBlock } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { blanksQuery, papersQuery } from "../api";
import { Block } from "../components/Block";
import { Reserve } from "../components/Reserve";
import "./printing.css";

const states = ["printed", "used", "spoilt", "missing"] as const;

/** Blank numbered forms (预印空白单) of the unit: handed out, printed, and accounted for. */
export default function Blanks() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const id = search.get("id");
  const papers = useQuery(papersQuery);
  return (
    <div className="stack printing">
      <div className="page-head">
        <h1>{t("print.blanks")}</h1>
        <span className="push">
          {id ? (
            <button type="button" className="link" onClick={() => setSearch({})}>
              {t("print.allBlanks")}
            </button>
          ) : (
            <Link to="/printing">{t("print.settings")}</Link>
          )}
        </span>
      </div>
      {papers.isPending ? (
        <Loading lines={4} />
      ) : !papers.data ? (
        <Failed error={papers.error} retry={() => void papers.refetch()} />
      ) : id ? (
        <Block id={id} papers={papers.data.papers} />
      ) : (
        <>
          <Reserve
            forms={papers.data.documents.filter((form) => form.blank)}
            done={(block) => setSearch({ id: block })}
          />
          <Blocks open={(block) => setSearch({ id: block })} />
        </>
      )}
    </div>
  );
}

function Blocks({ open }: { open: (id: string) => void }) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(blanksQuery);
  if (found.isPending) return <Loading lines={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const blocks = found.data.pages.flatMap((page) => page.items);
  if (blocks.length === 0) {
    return <Blank title={t("print.noBlanks")} text={t("print.noBlanksText")} />;
  }
  return (
    <>
      <div className="row">
        <span className="push">
          <ExportButton
            list="blanks"
            filter={{}}
            columns={[
              { key: "title", title: t("print.form") },
              { key: "first", title: t("registers.first") },
              { key: "last", title: t("registers.last") },
              { key: "org", title: t("staff.unit") },
              { key: "person", title: t("registers.by") },
              { key: "at", title: t("messages.at") },
              ...states.map((key) => ({ key, title: t(`print.blank_${key}`) })),
            ]}
          />
        </span>
      </div>
      <ul className="blank-blocks">
        {blocks.map((block) => (
          <Row key={block.id} block={block} open={() => open(block.id)} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("words.more")}
        </Button>
      )}
    </>
  );
}

function Row({ block, open }: { block: BlankBlock; open: () => void }) {
  const { t, say } = useSpeech();
  // Of the last number only what counts on.
  const end = block.last.slice(block.last.lastIndexOf("-") + 1);
  return (
    <li className="card">
      <button type="button" className="link" onClick={open}>
        <b>{say(block.title)}</b> {block.first} – {end}
      </button>
      <span className="muted small">
        {block.org} · {block.person} · {dateTime(block.at)}
      </span>
      <span className="blank-counts">
        {states
          .filter((state) => block[state] > 0)
          .map((state) => (
            <span key={state} className={`blank-${state}`}>
              {t(`print.blank_${state}`)} {block[state]}
            </span>
          ))}
      </span>
    </li>
  );
}
