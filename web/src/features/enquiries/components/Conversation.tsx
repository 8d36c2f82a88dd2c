import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { address } from "@/api/client";
import { fileAddress } from "@/api/files";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { type EnquiryThread, enquiryCaseQuery, threadQuery } from "../api/queries";
import { Opened } from "./Opened";
import { Reply } from "./Reply";
import { useLook } from "./useLook";
import { WhoIsIt } from "./WhoIsIt";

/** One enquiry: who writes, what was written to and fro, and the answer. */
export function Conversation({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const thread = useQuery(threadQuery(id));
  const one = useQuery(enquiryCaseQuery(id));
  const [asking, setAsking] = useState(false);
  useLook(id, thread.data);
  if (thread.isPending || one.isPending) return <Loading lines={6} />;
  if (thread.isError) {
    return <Failed error={thread.error} retry={() => void thread.refetch()} />;
  }
  if (one.isError) return <Failed error={one.error} retry={() => void one.refetch()} />;
  const { name_said, phone_said, vehicle_said, email_said, by_letter } = thread.data;
  const { customer, unit } = one.data;
  return (
    <section className="card enquiry-thread" aria-label={t("enquiries.thread")}>
      <div className="card-head">
        <h2>
          <Link to={`/case/${id}`}>{thread.data.number}</Link>
        </h2>
        <span className="tag">{say(one.data.tracks[0]?.state.title)}</span>
        <span className="muted small">
          {one.data.assignee?.name ?? t("enquiries.nobody")}
        </span>
      </div>
      <p className="small">
        {customer && (
          <Link to={`/customer/${customer.id}`}>
            {customer.name_masked ?? t("enquiries.nameless")}
          </Link>
        )}{" "}
        {name_said && <span>{t("enquiries.nameSaid", { name: name_said })} </span>}
        {phone_said && <span>{t("enquiries.phoneSaid", { phone: phone_said })} </span>}
        {email_said && <span>{t("enquiries.emailSaid", { email: email_said })} </span>}
        {unit && <Link to={`/unit/${unit.id}`}>{unit.frame_no} </Link>}
        {!unit && vehicle_said && (
          <Link to={`/desk?q=${encodeURIComponent(vehicle_said)}`}>
            {t("enquiries.vehicleSaid", { vehicle: vehicle_said })}
          </Link>
        )}{" "}
        {!one.data.closed_at && (
          <button
            type="button"
            className="link"
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            {t("enquiries.whoIsIt")}
          </button>
        )}
      </p>
      {asking && <WhoIsIt one={one.data} done={() => setAsking(false)} />}
      <Opened one={one.data} said={firstOf(thread.data)} />
      <Messages thread={thread.data} />
      <Reply key={id} one={one.data} letter={by_letter ? email_said : null} />
    </section>
  );
}

/** What they wrote at first. */
function firstOf(thread: EnquiryThread): string {
  return thread.messages.find((message) => message.by === "theirs")?.text ?? "";
}

function Messages({ thread }: { thread: EnquiryThread }) {
  const { t } = useSpeech();
  const theirs = thread.messages.filter((message) => message.by === "theirs");
  return (
    <ol className="enquiry-messages">
      {thread.messages.map((message) => {
        const next = theirs[theirs.indexOf(message) + 1];
        const came = thread.photos.filter(
          (photo) =>
            message.by === "theirs" &&
            photo.at >= message.at &&
            (!next || photo.at < next.at),
        );
        return (
          <li key={message.id} className={message.by}>
            <span className="muted small">
              {message.by === "theirs"
                ? t("enquiries.theirs")
                : message.by === "note"
                  ? t("enquiries.noteOf", { name: message.person?.name ?? "" })
                  : (message.person?.name ?? "")}{" "}
              · {dateTime(message.at)}
            </span>
            <p>{message.text}</p>
            <div className="row">
              {came.map((photo) => (
                <Photo key={photo.id} src={address(`/enquiries/${thread.id}/photos/${photo.id}`)} />
              ))}
              {message.photos.map((file) => (
                <Photo key={file} src={fileAddress(file)} />
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Photo({ src }: { src: string }) {
  const { t } = useSpeech();
  return (
    <a href={src} target="_blank" rel="noreferrer">
      <img src={src} alt={t("enquiries.photo")} loading="lazy" />
    </a>
  );
}
