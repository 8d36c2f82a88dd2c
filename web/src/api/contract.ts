// Proof by the compiler that `types.ts` says what the server's OpenAPI document says. The types
// there are narrower where the document has plain strings; a field that the server renames, drops
// or changes the shape of breaks `npm run typecheck` here, before it breaks a screen.
import type { components } from "./schema";
import type * as drafts from "./drafts";
import type * as migrations from "./migrations";
import type * as replay from "./replay";
import type * as figures from "./figures";
import type * as scorecards from "./scorecards";
import type * as ours from "./types";
import type * as webhooks from "./webhooks";

type Served = components["schemas"];

/** A type with its literals widened, and what may be null allowed to be absent; what may be any
 * JSON stays so. */
type Loose<T> = T extends string
  ? string
  : T extends number | boolean
    ? T
    : T extends readonly (infer Item)[]
      ? Loose<Item>[]
      : T extends object
        ? { [K in keyof T as Open<T[K]> extends true ? never : K]: Loose<T[K]> } & {
            [K in keyof T as Open<T[K]> extends true ? K : never]?: unknown extends T[K]
              ? unknown
              : Loose<NonNullable<T[K]>> | null;
          }
        : T;

type Open<T> = null extends T ? true : undefined extends T ? true : false;

/** Nothing of ours that the server does not have, and each thing in its shape. */
type Fits<Theirs, Ours> =
  Exclude<keyof Ours, keyof Theirs> extends never
    ? Theirs extends Loose<Ours>
      ? true
      : { shape: Theirs; not: Loose<Ours> }
    : { unknown: Exclude<keyof Ours, keyof Theirs> };

type Proof<T extends true> = T;

export type Proven = [
  Proof<Fits<Served["Me"], ours.Me>>,
  Proof<Fits<Served["Lock"], ours.Lock>>,
  Proof<Fits<Served["Door"], ours.Door>>,
  Proof<Fits<Served["CashierDesk"], ours.CashierDesk>>,
  Proof<Fits<Served["DutyPost"], ours.DutyPost>>,
  Proof<Fits<Served["DutyRoster"], ours.DutyRoster>>,
  Proof<Fits<Served["CounterRow"], ours.CounterRow>>,
  Proof<Fits<Served["Account"], ours.DemoAccount>>,
  Proof<Fits<Served["Problem"], ours.Problem>>,
  Proof<Fits<Served["Offer"], ours.Offer>>,
  Proof<Fits<Served["MessageView"], ours.Message>>,
  Proof<Fits<Served["CertificateRow"], ours.CertificateRow>>,
  Proof<Fits<Served["UnitHit"], ours.UnitHit>>,
  Proof<Fits<Served["Unit"], ours.Unit>>,
  Proof<Fits<Served["Coverage"], ours.Coverage>>,
  Proof<Fits<Served["ProcessView"], ours.ProcessInfo>>,
  Proof<Fits<Served["CaseRow"], ours.CaseRow>>,
  Proof<Fits<Served["Field"], ours.Field>>,
  Proof<Fits<Served["Candidate"], ours.Candidate>>,
  Proof<Fits<Served["OrgChoice"], ours.OrgChoice>>,
  Proof<Fits<Served["ClauseView"], ours.Clause>>,
  Proof<Fits<Served["Verdict"], ours.Verdict>>,
  Proof<Fits<Served["Action"], ours.Action>>,
  Proof<Fits<Served["Deadline"], ours.Deadline>>,
  Proof<Fits<Served["TimelineEntry"], ours.TimelineEntry>>,
  Proof<Fits<Served["TokenPage"], ours.TokenPage>>,
  Proof<Fits<Served["MadeToken"], ours.MadeToken>>,
  Proof<Fits<Served["WebhookPage"], webhooks.WebhookPage>>,
  Proof<Fits<Served["SecretWebhook"], webhooks.SecretWebhook>>,
  Proof<Fits<Served["ChannelsView"], webhooks.Channels>>,
  Proof<Fits<Served["TestLetterAnswer"], webhooks.TriedLetter>>,
  Proof<Fits<Served["WebhookTry"], webhooks.WebhookTry>>,
  Proof<Fits<Served["Document"], ours.CaseDocument>>,
  Proof<Fits<Served["Papers"], ours.Papers>>,
  Proof<Fits<Served["BlankBlock"], ours.BlankBlock>>,
  Proof<Fits<Served["BlankRegister"], ours.BlankRegister>>,
  Proof<Fits<Served["Label"], ours.Label>>,
  Proof<Fits<Served["Case"], ours.Case>>,
  Proof<Fits<Served["Preview"], ours.Preview>>,
  Proof<Fits<Served["CatalogView"], ours.Catalog>>,
  Proof<Fits<Served["Part"], ours.Part>>,
  Proof<Fits<Served["Price"], ours.Price>>,
  Proof<Fits<Served["PriceHistory"], ours.PriceHistory>>,
  Proof<Fits<Served["StockRow"], ours.StockRow>>,
  Proof<Fits<Served["LedgerAccount"], ours.LedgerAccount>>,
  Proof<Fits<Served["AccountPage"], ours.AccountPage>>,
  Proof<Fits<Served["Posted"], ours.Posted>>,
  Proof<Fits<Served["Custody"], ours.Custody>>,
  Proof<Fits<Served["FileView"], ours.StoredFile>>,
  Proof<Fits<Served["Import"], ours.ImportSummary>>,
  Proof<Fits<Served["ImportRowView"], ours.ImportRow>>,
  Proof<Fits<Served["ImportColumns"], ours.ImportColumns>>,
  Proof<Fits<Served["ImportHeading"], ours.ImportHeading>>,
  Proof<Fits<Served["Rulebook"], ours.RulebookSummary>>,
  Proof<Fits<Served["ClauseRow"], ours.RulebookClause>>,
  Proof<Fits<Served["TableView"], ours.RulebookTable>>,
  Proof<Fits<Served["PinnedCases"], migrations.PinnedCases>>,
  Proof<Fits<Served["MigrationReport"], migrations.MigrationReport>>,
  Proof<Fits<Served["DraftReplay"], replay.DraftReplay>>,
  Proof<Fits<Served["ReplayChangeRow"], replay.ReplayChange>>,
  Proof<Fits<Served["ReplayPair"], replay.ReplayPair>>,
  Proof<Fits<Served["Figures"], figures.Figures>>,
  Proof<Fits<Served["MeasurePage"], figures.MeasurePage>>,
  Proof<Fits<Served["CountedCases"], figures.CountedCases>>,
  Proof<Fits<Omit<Served["Scorecard"], "entries">, Omit<scorecards.Scorecard, "entries">>>,
  Proof<Fits<Served["ScorecardRow"], scorecards.ScorecardRow>>,
  Proof<Fits<Served["ScoreStanding"], scorecards.ScoreStanding>>,
  Proof<Fits<Served["DraftListRow"], drafts.DraftRow>>,
  Proof<Fits<Served["DraftItem"], drafts.DraftItem>>,
  Proof<Fits<Served["DraftTable"], drafts.DraftTable>>,
  Proof<Fits<Served["ListSetting"], ours.ListSetting>>,
  Proof<Fits<Served["DraftSaved"], drafts.DraftSaved>>,
  Proof<Fits<Served["DraftText"], drafts.DraftText>>,
  Proof<Fits<Served["DraftExamples"], drafts.DraftExamples>>,
];
