import Button from "antd/es/button";
import Dropdown from "antd/es/dropdown";
import { Link, useNavigate } from "react-router";
import type { ProcessInfo } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { usePhone } from "./usePhone";

/** More than so many side by side would crowd the head of a list. */
const MOST = { desk: 8, phone: 2 };

/** What may be opened here: a few side by side, many behind one button. */
export function OpenActs({ processes }: { processes: readonly ProcessInfo[] }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const phone = usePhone();
  if (processes.length > (phone ? MOST.phone : MOST.desk)) {
    return (
      <Dropdown
        trigger={["click"]}
        menu={{
          items: processes.map((process) => ({ key: process.id, label: say(process.title) })),
          onClick: ({ key }) => void go(`/open/${key}`),
        }}
      >
        <Button type="primary" className="open-more">
          {t("cases.openOne")}
          <span aria-hidden="true" className="caret" />
        </Button>
      </Dropdown>
    );
  }
  // Where several papers are written here, none of them is the one that stands out.
  const type = processes.length === 1 ? "primary" : "default";
  return processes.map((process) => (
    <Link key={process.id} to={`/open/${process.id}`}>
      <Button type={type}>{t("cases.openTitle", { process: say(process.title) })}</Button>
    </Link>
  ));
}
