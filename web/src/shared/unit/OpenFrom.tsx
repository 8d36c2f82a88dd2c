import Button from "antd/es/button";
import Dropdown from "antd/es/dropdown";
import type { ProcessInfo } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { useOpenable } from "./OpenMenu";

interface Props {
  /** The process that asks: it is not opened from itself. */
  not: string;
  /** The vehicle, where it is known: much is about one. */
  unit: string | null;
  order: string;
  other: string;
  open: (process: string) => void;
}

/** What is taken down although nobody knows yet which vehicle it is. */
const UNKNOWN = ["inquiry", "safety"];

const about = (process: ProcessInfo, unit: string | null) =>
  process.subject !== "unit" || unit !== null || UNKNOWN.includes(process.area);

/** What a call or a message may lead to: a work order, and the rest behind one button. */
export function OpenFrom({ not, unit, order, other, open }: Props) {
  const { say } = useSpeech();
  const { repair, others } = useOpenable();
  const fits = others.filter((each) => each.id !== not && about(each, unit));
  return (
    <div className="row">
      {repair && <Button onClick={() => open(repair.id)}>{order}</Button>}
      {fits.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: fits.map((each) => ({ key: each.id, label: say(each.title) })),
            onClick: ({ key }) => open(key),
          }}
        >
          <Button>
            {other}
            <span aria-hidden="true" className="caret" />
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
