import { Link } from "react-router";
import type { Heed } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import "./unit.css";

/** What is agreed with a customer or watched on a vehicle (留意), each with its case. */
export function HeedLines({ heeded }: { heeded: readonly Heed[] }) {
  const { say } = useSpeech();
  return heeded.map((one) => (
    <p key={one.number} className="notice warn heeded" role="status">
      <b>{say(one.title)}</b>{" "}
      {one.case ? <Link to={`/case/${one.case}`}>{one.number}</Link> : <span>{one.number}</span>}
      {one.said.map((line) => (
        <span key={line.title.zh} className="heeded-line">
          <span className="muted">{say(line.title)}</span> {say(line.value)}
        </span>
      ))}
    </p>
  ));
}
