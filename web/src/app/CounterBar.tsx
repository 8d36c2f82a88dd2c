import LockOutlined from "@ant-design/icons/LockOutlined";
import Button from "antd/es/button";
import type { Me } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Kbd } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";

interface Props {
  me: Me;
  left: number | null;
  lock: () => void;
}

/** Who acts at this counter now, and when it locks. */
export function CounterBar({ me, left, lock }: Props) {
  const { t } = useSpeech();
  const phone = usePhone();
  if (!me.counter) return null;
  const name = me.person.name;
  return (
    <div className={left === null ? "counter-bar" : "counter-bar done"} role="status">
      <LockOutlined aria-hidden="true" />
      <span>
        {left === null
          ? t("lock.acting", { counter: me.counter.name, name })
          : t("lock.acted", { name, left })}
      </span>
      <Button size={phone ? "middle" : "small"} onClick={lock}>
        {t("lock.now")} {!phone && <Kbd>Alt L</Kbd>}
      </Button>
    </div>
  );
}
