import Button from "antd/es/button";
import { useNavigate } from "react-router";
import type { OpenCampaign } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { useOpenable } from "./OpenMenu";
import "./unit.css";

interface Props {
  campaigns: readonly OpenCampaign[];
  /** The vehicle for which its order is opened; none where an order is open already. */
  unit?: string;
  /** The campaign for which this order is: it says what is being done, and warns of nothing. */
  doing?: unknown;
}

/** Recalls and campaigns that are not done on the vehicle, each with its order one press away. */
export function Campaigns({ campaigns, unit, doing }: Props) {
  const { t } = useSpeech();
  const go = useNavigate();
  const { repair } = useOpenable();
  const open = ({ number, title }: OpenCampaign) => {
    const symptom = t("campaigns.symptom", { number, title });
    void go(`/open/${repair?.id}?unit=${unit}`, { state: { preset: { symptom } } });
  };
  return campaigns.map((one) => (
    <div
      key={one.case}
      className={`notice ${one.hazard ? "bad" : "warn"} campaign-open`}
      role="alert"
    >
      <p>
        <b>{t(one.kind === "recall" ? "campaigns.open_recall" : "campaigns.open_service")}</b>
        {one.title} {one.number}
        {one.until && <span className="muted"> · {t("campaigns.until", { day: one.until })}</span>}
      </p>
      <p>
        {one.hazard && `${t("campaigns.danger")} `}
        {one.held && `${t("campaigns.held")} `}
        {t(one.number === doing ? "campaigns.doneHere" : "campaigns.doneBy")}
      </p>
      {unit && repair && (
        <Button onClick={() => open(one)} danger={one.hazard}>
          {t("campaigns.openJob")}
        </Button>
      )}
    </div>
  ));
}
