import Button from "antd/es/button";
import { useSpeech } from "@/shared/i18n";
import type { SheetState } from "./useSheet";

interface Props {
  acts: { add: () => void; twice: () => void; step: (by: -1 | 1) => void; drop: () => void };
  sheet: SheetState;
  /** Whether all rows are shown: only then they can be moved. */
  sorted: boolean;
}

/** What can be done with rows, for the hand; each has a key as well. */
export function Tools({ acts, sheet, sorted }: Props) {
  const { t } = useSpeech();
  const tools = [
    { name: t("drafts.rowAdd"), key: "Insert", run: acts.add, off: false },
    { name: t("drafts.rowTwice"), key: "", run: acts.twice, off: sheet.rows.length === 0 },
    { name: t("drafts.rowUp"), key: "Alt+↑", run: () => acts.step(-1), off: !sorted },
    { name: t("drafts.rowDown"), key: "Alt+↓", run: () => acts.step(1), off: !sorted },
    { name: t("drafts.rowDrop"), key: "Ctrl+Del", run: acts.drop, off: sheet.rows.length === 0 },
    { name: t("drafts.undo"), key: "Ctrl+Z", run: sheet.undo, off: sheet.past.length === 0 },
    { name: t("drafts.redo"), key: "Ctrl+Y", run: sheet.redo, off: sheet.future.length === 0 },
  ];
  return (
    <div className="row sheet-tools" role="toolbar" aria-label={t("drafts.rows")}>
      {tools.map((tool) => (
        <Button
          key={tool.name}
          size="small"
          disabled={tool.off}
          title={tool.key}
          onMouseDown={(event) => event.preventDefault()}
          onClick={tool.run}
        >
          {tool.name}
        </Button>
      ))}
    </div>
  );
}
