import { useInfiniteQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Choose } from "@/shared/list/Filters";
import { ListBar } from "@/shared/list/ListBar";
import { ListPages } from "@/shared/list/ListPages";
import { usePhone } from "@/shared/ui/usePhone";
import { partsBook, partsQuery } from "../api/queries";
import { Filters } from "../components/Filters";
import { ListHead } from "../components/ListHead";
import { PartCards, PartTable } from "../components/PartRows";
import { useFilter } from "@/shared/useFilter";
import "./prices.css";

const classes = ["wearing", "electrical", "painted", "ordinary"] as const;

/** What can be stocked and fitted: where it fits, what stands in for it, when to order again. */
export default function Parts() {
  const { t } = useSpeech();
  const phone = usePhone();
  const [filter, put] = useFilter(["q", "class", "model"] as const);
  const found = useInfiniteQuery(partsQuery(filter));
  return (
    <>
      <ListHead
        title={t("prices.parts")}
        total={found.data?.pages[0]?.total}
        book={partsBook(filter)}
        kind="parts"
        out={
          !phone && (
            <ExportButton
              list="parts"
              filter={filter}
              columns={[
                { key: "code", title: t("registers.code") },
                { key: "title", title: t("prices.name") },
                { key: "component", title: t("prices.component") },
                { key: "models", title: t("prices.models") },
                {
                  key: "class",
                  title: t("prices.partClass"),
                  words: Object.fromEntries(classes.map((each) => [each, t(`prices.${each}`)])),
                },
                { key: "tracked", title: t("prices.trackedNote") },
                { key: "substitutes", title: t("prices.substitutes") },
                { key: "reorder_point", title: t("prices.reorder") },
              ]}
            />
          )
        }
      />
      <Filters q={filter.q} model={filter.model} put={put}>
        <Choose
          label={t("prices.partClass")}
          hint={t("prices.classes")}
          width={130}
          value={filter.class}
          options={classes.map((each) => ({ value: each, label: t(`prices.${each}`) }))}
          put={(next) => put("class", next)}
        />
      </Filters>
      <ListBar list="parts" />
      <ListPages
        found={found}
        empty={{ title: t("prices.noParts"), text: t("prices.noPartsText") }}
      >
        {(rows) => (phone ? <PartCards rows={rows} /> : <PartTable rows={rows} />)}
      </ListPages>
    </>
  );
}
