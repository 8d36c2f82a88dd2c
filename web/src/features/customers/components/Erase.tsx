import { useMutation } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { type CustomerRecord, erase, type Ground } from "../api/queries";
import { GroundChoice } from "./GroundChoice";

interface Props {
  id: string;
  /** Whether something holds it up: then the request is taken down. */
  held: boolean;
  request: CustomerRecord["request"];
  loses: CustomerRecord["loses"];
  done: () => Promise<void>;
}

/** Erases somebody's data, after one look at what is lost; or takes the request down. */
export function Erase({ id, held, request, loses, done }: Props) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [ground, setGround] = useState<Ground>(request?.ground ?? "asked");
  const act = useMutation({
    mutationFn: () => erase(id, ground),
    onSuccess: async () => {
      setOpen(false);
      await done();
    },
  });
  if (held && request) return null;
  const name = t(held ? "customers.takeDown" : "customers.erase");
  return (
    <>
      <div>
        <Button danger={!held} onClick={() => setOpen(true)}>
          {name}
        </Button>
      </div>
      <Modal
        open={open}
        title={name}
        onCancel={() => setOpen(false)}
        onOk={() => act.mutate()}
        okText={t(held ? "customers.takeDown" : "customers.eraseForGood")}
        okButtonProps={{ danger: !held }}
        confirmLoading={act.isPending}
      >
        <div className="stack">
          <GroundChoice value={ground} choose={setGround} />
          {held ? (
            <p>{t("customers.takeDownText")}</p>
          ) : (
            <>
              <p>{t("customers.losesText")}</p>
              <ul>
                <li>{t("customers.losesFields")}</li>
                <li>{t("customers.losesFiles", { n: loses.files })}</li>
                <li>{t("customers.losesDocuments", { n: loses.documents })}</li>
                <li>{t("customers.losesLinks", { n: loses.vehicles })}</li>
              </ul>
              <p>{t("customers.staysText", { n: loses.cases })}</p>
              <p className="late">{t("customers.notUndone")}</p>
            </>
          )}
          {act.error && (
            <p className="notice bad" role="alert">
              {sentence(act.error, t)}
            </p>
          )}
        </div>
      </Modal>
    </>
  );
}
