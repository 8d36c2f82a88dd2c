import Checkbox from "antd/es/checkbox";
import type { KeyboardEvent } from "react";
import { Link } from "react-router";
import type { Message } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dateTime, shortTime } from "@/shared/time/format";

interface Props {
  message: Message;
  chosen: boolean;
  toggle: () => void;
  read: () => void;
}

/** One message; its box takes the keys: arrows move, the space bar chooses, R marks as read. */
export function MessageLine({ message, chosen, toggle, read }: Props) {
  const { t } = useSpeech();
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "r" && !event.ctrlKey && !event.metaKey && !message.read) read();
    if (!step) return;
    const boxes = [
      ...(event.currentTarget.parentElement?.querySelectorAll<HTMLInputElement>(
        "input[type=checkbox]",
      ) ?? []),
    ];
    const here = event.currentTarget.querySelector<HTMLInputElement>("input[type=checkbox]");
    const next = here ? boxes[boxes.indexOf(here) + step] : undefined;
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <article className={message.read ? "message" : "message new"} onKeyDown={keys}>
      <Checkbox
        checked={chosen}
        onChange={toggle}
        aria-label={t("messages.choose", { title: message.title })}
      />
      <b>{message.title}</b>
      <time title={dateTime(message.at)}>{shortTime(message.at, now())}</time>
      <p>{message.body}</p>
      {message.case && (
        <Link to={`/case/${message.case.id}`} onClick={() => !message.read && read()}>
          {t("messages.openCase", { number: message.case.number })}
        </Link>
      )}
    </article>
  );
}
