import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { DutyPost } from "@/api/types";
import { type Speech, useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { dutyNowQuery } from "./queries";

/** Who is on duty and until when; in a gap whom it falls to. */
export function DutyLine({ desk = false }: { desk?: boolean }) {
  const { t } = useSpeech();
  const { data: post } = useQuery(dutyNowQuery({ desk }));
  if (!post) return null;
  const gap = post.on.length === 0 && !post.open;
  const to = post.org && desk ? `/duty?org=${post.org.id}` : "/duty";
  return (
    <Link to={to} className={`duty-line small ${gap ? "late" : "muted"}`}>
      {post.on.length > 0
        ? t("duty.now", { who: onDuty(post, t) })
        : post.open
          ? t("duty.openNow")
          : headed(post, t)}
    </Link>
  );
}

/** What a time outside opening hours means, before it is promised. */
export function PromiseHint({ at, desk = false }: { at: string; desk?: boolean }) {
  const { t } = useSpeech();
  const { data: post, isPlaceholderData } = useQuery(dutyNowQuery({ at, desk }));
  if (!post || post.open || isPlaceholderData) return null;
  const hours = post.hours.map((each) => `${each.from}–${each.to}`).join(t("duty.and"));
  return (
    <p className="notice warn small" role="status">
      {hours ? t("duty.closedThen", { hours }) : t("duty.closedDay")}{" "}
      {post.on.length > 0 ? t("duty.then", { who: onDuty(post, t) }) : headed(post, t)}
    </p>
  );
}

function onDuty(post: DutyPost, t: Speech["t"]): string {
  const one = (each: DutyPost["on"][number]) =>
    t(each.stands_for ? "duty.untilFor" : "duty.until", {
      name: each.person.name,
      of: each.stands_for?.name ?? "",
      at: shortTime(each.until, now()),
    });
  return post.on.map(one).join(t("duty.and"));
}

function headed(post: DutyPost, t: Speech["t"]): string {
  const names = post.heads.map((head) => head.name).join(t("duty.and"));
  return names ? t("duty.gapNow", { names }) : t("duty.nobodyAtAll");
}
