import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { useFilter } from "@/shared/useFilter";
import { campaignQuery } from "../api/queries";
import { Head } from "../components/Head";
import { Rates } from "../components/Rates";
import { Units } from "../components/Units";
import "../campaigns.css";

/** A campaign: what it is about, how far each outlet and model has come, and its vehicles. */
export default function CampaignPage() {
  const { t } = useSpeech();
  const { id = "" } = useParams();
  const found = useQuery(campaignQuery(id));
  const [filter, put] = useFilter(["state", "org", "model"] as const);
  if (found.isPending) return <Loading lines={8} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const one = found.data;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{one.title}</h1>
        <Link className="push" to="/campaigns">
          {t("campaigns.back")}
        </Link>
      </div>
      <Head one={one} />
      {one.listed > 0 && (
        <div className="campaign-split">
          <Rates
            title={t("campaigns.byOrg")}
            head={t("campaigns.outlet")}
            rows={one.by_org}
            chosen={filter.org}
            choose={(next) => put("org", next)}
            nameless="–"
          />
          <Rates
            title={t("campaigns.byModel")}
            head={t("campaigns.model")}
            rows={one.by_model}
            chosen={filter.model}
            choose={(next) => put("model", next)}
            nameless={t("campaigns.unknownModel")}
          />
        </div>
      )}
      <Units id={id} filter={filter} put={put} />
    </div>
  );
}
