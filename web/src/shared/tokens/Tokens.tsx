import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import type { MadeToken, TokenPage, TokenRow } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { NewToken } from "./NewToken";
import { SecretCard } from "./SecretCard";
import { endToken, tokensQuery, type Whose } from "./queries";
import "./tokens.css";

const tones: Record<TokenRow["state"], Tone> = { valid: "ok", expired: "na", ended: "na" };

interface Props {
  whose: Whose;
  /** Whether making one asks for a code too. */
  coded: boolean;
  /** Why there are tokens here, and who makes them. */
  text: string;
}

/** Tokens (接口令牌) of programs: what they may, when they were used, and their end. */
export function Tokens({ whose, coded, text }: Props) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const page = useQuery(tokensQuery(whose));
  const learn = (next: TokenPage) => {
    queries.setQueryData(tokensQuery(whose).queryKey, next);
    void queries.invalidateQueries({ queryKey: ["people", "one"] });
  };
  const end = useMutation({ mutationFn: (id: string) => endToken(whose, id), onSuccess: learn });
  const data = page.data;
  return (
    <section className="card stack tokens">
      <h2>{t("tokens.title")}</h2>
      <p className="muted small">{text}</p>
      {made && <SecretCard made={made} close={() => setMade(null)} />}
      {end.error && (
        <p className="notice bad" role="alert">
          {sentence(end.error, t)}
        </p>
      )}
      {page.isPending && <Loading lines={2} />}
      {page.isError && !data && (
        <Failed error={page.error} retry={() => void page.refetch()} />
      )}
      {data && data.items.length === 0 && <p className="muted">{t("tokens.none")}</p>}
      {data && data.items.length > 0 && (
        <ul className="tokens-list">
          {data.items.map((row) => (
            <Row key={row.id} row={row} end={end.mutate} busy={end.isPending} />
          ))}
        </ul>
      )}
      {data?.may_make &&
        (making ? (
          <NewToken
            whose={whose}
            page={data}
            coded={coded}
            close={() => setMaking(false)}
            made={(next) => {
              learn(next.tokens);
              setMade(next);
              setMaking(false);
            }}
          />
        ) : (
          <div className="row">
            <Button onClick={() => setMaking(true)}>{t("tokens.add")}</Button>
          </div>
        ))}
    </section>
  );
}

function Row({ row, end, busy }: { row: TokenRow; end: (id: string) => void; busy: boolean }) {
  const { t, say } = useSpeech();
  const [sure, setSure] = useState(false);
  const used = row.last_used_at
    ? t("tokens.lastUsed", { at: dateTime(row.last_used_at) })
    : t("tokens.neverUsed");
  const until = row.ended_at
    ? t("tokens.endedAt", { at: dateTime(row.ended_at), by: row.ended_by?.name ?? "–" })
    : t("tokens.until", { at: dateTime(row.expires_at) });
  return (
    <li>
      <div className="row">
        <b>{row.name}</b>
        <Tag tone={tones[row.state]}>{t(`tokens.state_${row.state}`)}</Tag>
        {row.state === "valid" && (
          <span className="push row">
            {sure && (
              <Button danger size="small" loading={busy} onClick={() => end(row.id)}>
                {t("tokens.endNow")}
              </Button>
            )}
            <Button size="small" onClick={() => setSure(!sure)}>
              {t(sure ? "words.cancel" : "tokens.end")}
            </Button>
          </span>
        )}
      </div>
      <p className="small">
        {row.org?.name ?? "–"} · {row.permissions.map((one) => say(one.title)).join(t("staff.and"))}
      </p>
      <p className="muted small">
        <code>{row.shown}…</code> · {until} · {used}
        {row.made_by && ` · ${t("tokens.madeBy", { name: row.made_by.name })}`}
      </p>
    </li>
  );
}
