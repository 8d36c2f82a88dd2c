import { useInfiniteQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { lineKinds } from "@/shared/form/lines/totals";
import { Choose } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { ListPages } from "@/shared/list/ListPages";
import { Pick } from "@/shared/ui/Pick";
import { usePhone } from "@/shared/ui/usePhone";
import { pricesBook, pricesQuery } from "../api/queries";
import { Filters } from "../components/Filters";
import { ListHead } from "../components/ListHead";
import { PriceCards, PriceTable } from "../components/PriceRows";
import { useFilter } from "@/shared/useFilter";
import "./prices.css";

/** As each row has them. */
const classes = ["ex_factory", "wholesale", "retail"] as const;
const levels = ["1", "2", "3"] as const;

/** What may be charged, at which price for whom, since when and by which clause. */
export default function Prices() {
  const { t } = useSpeech();
  const phone = usePhone();
  const [filter, put] = useFilter(["q", "kind", "model", "stars"] as const);
  const found = useInfiniteQuery(pricesQuery(filter));
  return (
    <>
      <ListHead
        title={t("prices.title")}
        total={found.data?.pages[0]?.total}
        book={pricesBook(filter)}
        kind="prices"
        out={
          !phone && (
            <ExportButton
              list="prices"
              filter={filter}
              columns={[
                { key: "code", title: t("registers.code") },
                { key: "title", title: t("prices.name") },
                {
                  key: "kind",
                  title: t("prices.kind"),
                  words: Object.fromEntries(lineKinds.map((kind) => [kind, t(`prices.${kind}`)])),
                },
                { key: "models", title: t("prices.models") },
                ...classes.map((each, nth) => ({
                  key: `prices.${nth}.amount`,
                  title: t(`prices.${each}`),
                  fen: true,
                })),
                { key: "prices.2.since", title: t("registers.since") },
              ]}
            />
          )
        }
      />
      <Filters q={filter.q} model={filter.model} put={put}>
        <Choose
          label={t("prices.kind")}
          hint={t("prices.kinds")}
          width={120}
          value={filter.kind}
          options={lineKinds.map((kind) => ({ value: kind, label: t(`prices.${kind}`) }))}
          put={(next) => put("kind", next)}
        />
        <Pick
          label={t("prices.stars")}
          options={[
            { value: "", label: t("prices.anyStars") },
            ...levels.map((n) => ({ value: n, label: t("prices.star", { n }) })),
          ]}
          value={filter.stars}
          set={(next) => put("stars", next)}
        />
      </Filters>
      <ListBar list="prices" />
      <ListPages
        found={found}
        empty={{ title: t("prices.noRows"), text: t("prices.noRowsText") }}
      >
        {(rows) => (phone ? <PriceCards rows={rows} /> : <PriceTable rows={rows} />)}
      </ListPages>
    </>
  );
}
