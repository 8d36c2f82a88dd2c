import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useId } from "react";
import { Link } from "react-router";
import type { CaseDocument } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

interface Props {
  document: CaseDocument;
  paper: string;
  setPaper: (key: string) => void;
  copies: string;
  setCopies: (copies: string) => void;
  why: string;
  setWhy: (why: string) => void;
}

/** What is chosen before a print: paper, copies, and why it is printed again. */
export function PrintBar(props: Props) {
  const { document, paper, copies } = props;
  const { t, say } = useSpeech();
  const id = useId();
  const sheets = document.papers.map((p) => ({ value: p.key, label: say(p.title) }));
  const each = [
    { value: "each", label: t("print.each", { n: document.copies.length }) },
    { value: "carbon", label: t("print.carbon") },
    ...document.copies.map((copy, n) => ({ value: String(n + 1), label: say(copy) })),
  ];
  return (
    <div className="print-bar">
      <label htmlFor={`${id}p`}>
        <span className="sub">{t("print.paper")}</span>
        <Select
          id={`${id}p`}
          value={paper}
          options={sheets}
          disabled={sheets.length < 2}
          onChange={props.setPaper}
          popupMatchSelectWidth={false}
        />
      </label>
      {document.copies.length > 1 && (
        <label htmlFor={`${id}c`}>
          <span className="sub">{t("print.copies")}</span>
          <Select
            id={`${id}c`}
            value={copies}
            options={each}
            onChange={props.setCopies}
            popupMatchSelectWidth={false}
          />
        </label>
      )}
      {document.printed > 0 && (
        <label htmlFor={`${id}w`} className="print-why">
          <span className="sub">{t("print.why")}</span>
          <Input
            id={`${id}w`}
            value={props.why}
            maxLength={200}
            placeholder={t("print.whyHint")}
            onChange={(event) => props.setWhy(event.target.value)}
          />
        </label>
      )}
      <Link to="/printing" className="small">
        {t("print.settings")}
      </Link>
    </div>
  );
}
