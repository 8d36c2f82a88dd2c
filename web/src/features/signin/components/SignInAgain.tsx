import { useQuery, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { useState } from "react";
import { doorQuery, meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { SignInForm } from "./SignInForm";

/** The session ran out while a page was open: sign in over it, and nothing typed is lost. */
export function SignInAgain({ login, done }: { login: string; done: () => void }) {
  const { t, say } = useSpeech();
  const { data: door } = useQuery(doorQuery);
  const queries = useQueryClient();
  const [value, setValue] = useState({ login, password: "" });
  return (
    <Modal
      open
      title={t("frame.expiredTitle")}
      footer={null}
      closable={false}
      width={400}
      centered
      mask={{ closable: false }}
    >
      <p className="sub" style={{ marginBottom: 14 }}>
        {t("frame.expiredText")}
      </p>
      <SignInForm value={value} change={setValue} fixed done={done} />
      {door?.provider && (
        <a className="signin-other" href="/" target="_blank" rel="noopener">
          {t("signin.providerAside", { label: say(door.provider) })}
        </a>
      )}
      <button
        type="button"
        className="link signin-other"
        onClick={() => {
          done();
          queries.clear();
          queries.setQueryData(meQuery.queryKey, null);
        }}
      >
        {t("frame.otherPerson")}
      </button>
    </Modal>
  );
}
