import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { Door } from "../components/Door";

/** Where the link of a reminder leads: one button ends them, for whoever holds the link. */
export default function Unsubscribe() {
  const { t } = useSpeech();
  const { word = "" } = useParams();
  const end = useMutation({ mutationFn: () => api.post<void>("/unsubscribe", { word }) });
  return (
    <Door title={t("told.unsubscribe")}>
      <p>{t(end.isSuccess ? "told.unsubscribed" : "told.unsubscribeText")}</p>
      {end.error && <p className="late">{sentence(end.error, t)}</p>}
      {!end.isSuccess && (
        <Button
          type="primary"
          size="large"
          block
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          {t("told.unsubscribe")}
        </Button>
      )}
    </Door>
  );
}
