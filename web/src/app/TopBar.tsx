import SearchOutlined from "@ant-design/icons/SearchOutlined";
import Badge from "antd/es/badge";
import Dropdown from "antd/es/dropdown";
import { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Me } from "@/api/types";
import { language, languageNames, useSpeech } from "@/shared/i18n";
import { Kbd } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";
import { PersonMenu } from "./PersonMenu";
import { useSwitchOrg } from "./useSwitchOrg";

/** Search (F2 or Ctrl-K), acting station, messages, language and person. */
export function TopBar({ me }: { me: Me }) {
  const { t, lang } = useSpeech();
  const phone = usePhone();
  const other = lang === "zh" ? "en" : "zh";
  const swap = (
    <button
      type="button"
      className="top-item"
      lang={other === "zh" ? "zh-CN" : "en"}
      title={t("frame.language")}
      onClick={() => language.set(other)}
    >
      {languageNames[other]}
    </button>
  );
  if (phone) {
    return (
      <header className="top">
        <img src="/mark.svg" alt={t("frame.product")} width="26" height="26" />
        <Station me={me} />
        <span className="top-push" />
        {swap}
        {me.permissions.includes("unit_read") && (
          <Link to="/desk" className="top-item" aria-label={t("frame.searchShort")}>
            <SearchOutlined />
          </Link>
        )}
      </header>
    );
  }
  return (
    <header className="top">
      <TopSearch />
      <span className="top-push" />
      <Station me={me} />
      <Link to="/messages" className="top-item">
        <Badge count={me.unread} size="small" offset={[6, -2]} color="var(--seal)">
          <span className="top-badge">{t("frame.messages")}</span>
        </Badge>
      </Link>
      {swap}
      <PersonMenu me={me} />
    </header>
  );
}

function TopSearch() {
  const { t } = useSpeech();
  const go = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // By code: an input method at work reports every key as its own.
      const wanted = event.code === "F2" || (event.ctrlKey && event.code === "KeyK");
      if (!wanted) return;
      event.preventDefault();
      // The desk has a search of its own in the middle of the page; it comes first.
      const own = document.querySelector<HTMLInputElement>("input[data-search]");
      (own ?? input.current)?.focus();
      (own ?? input.current)?.select();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <form
      className="top-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "") return;
        void go(`/desk?q=${encodeURIComponent(text.trim())}`);
        setText("");
      }}
    >
      <SearchOutlined aria-hidden="true" />
      <input
        ref={input}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("frame.searchHint")}
        aria-label={t("frame.searchHint")}
        autoComplete="off"
        spellCheck={false}
      />
      <Kbd>F2</Kbd>
    </form>
  );
}

function Station({ me }: { me: Me }) {
  const { t } = useSpeech();
  const change = useSwitchOrg();
  if (me.orgs.length < 2) return <span className="top-item still">{me.org.name}</span>;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [me.org.id],
        items: me.orgs.map((org) => ({ key: org.id, label: org.name })),
        onClick: ({ key }) => change(key),
      }}
    >
      <button type="button" className="top-item" title={t("frame.switchStation")}>
        {me.org.name}
        <span aria-hidden="true" className="caret" />
      </button>
    </Dropdown>
  );
}
