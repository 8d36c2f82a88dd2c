import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { Permission } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortDay } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { HeedLines } from "@/shared/unit/HeedLines";
import { Owner } from "@/shared/unit/Owner";
import { customerQuery, type CustomerPage as Shown } from "../api/queries";
import { Correct } from "../components/Correct";
import { Email } from "../components/Email";
import { Dealings } from "../components/Dealings";
import { Likely } from "../components/Likely";
import { Merges } from "../components/Merges";
import { OpenFor } from "../components/OpenFor";
import { Record } from "../components/Record";
import { Wechat } from "../components/Wechat";
import { Tags } from "../components/Tags";
import "../customers.css";

/** A customer: who they are, masked, their vehicles, what there was with them, their rights. */
export default function CustomerPage() {
  const { id = "" } = useParams();
  const { data: me } = useQuery(meQuery);
  const page = useQuery(customerQuery(id));
  if (page.isPending) return <Loading lines={6} />;
  if (page.isError) return <Failed error={page.error} retry={() => void page.refetch()} />;
  // A file that was merged: its number leads to the kept one.
  if (page.data.id !== id) return <Navigate replace to={`/customer/${page.data.id}`} />;
  const may = (right: Permission) => me?.permissions.includes(right) ?? false;
  return (
    <div className="stack customer-page">
      <Head customer={page.data} />
      {!page.data.erased && <Likely id={id} office={may("personal_manage")} />}
      {may("customer_write") && !page.data.erased && (
        <section className="card">
          <Correct id={id} officer={may("personal_manage")} />
        </section>
      )}
      {may("customer_write") && !page.data.erased && (
        <>
          <Email id={id} masked={page.data.email_masked} />
          <Wechat id={id} stand={page.data.wechat} />
        </>
      )}
      {!page.data.erased && <Tags id={id} mayWrite={may("customer_write")} />}
      <Vehicles customer={page.data} />
      <Dealings id={id} />
      {may("personal_manage") && <Merges id={id} />}
      {may("personal_manage") && <Record id={id} />}
    </div>
  );
}

function Head({ customer }: { customer: Shown }) {
  const { t } = useSpeech();
  const { visits } = customer;
  return (
    <section className="card stack">
      <div className="vehicle-head">
        <h1>{customer.erased ? t("customers.erased") : <Owner owner={customer} />}</h1>
        {!customer.erased && <OpenFor id={customer.id} />}
      </div>
      {customer.erased ? (
        <p className="muted">{t("customers.erasedText")}</p>
      ) : (
        <p className="sub dots">
          {customer.address_masked && <span>{customer.address_masked}</span>}
          <span>{t(customer.consent ? "customers.mayCall" : "customers.mayNotCall")}</span>
        </p>
      )}
      <p className="sub dots">
        <span>{t("customers.visits", { n: visits.count })}</span>
        {visits.first_at && (
          <span>{t("customers.firstVisit", { day: shortDay(visits.first_at, now()) })}</span>
        )}
        {visits.last_at && visits.count > 1 && (
          <span>{t("customers.lastVisit", { day: shortDay(visits.last_at, now()) })}</span>
        )}
      </p>
      <HeedLines heeded={customer.heeded} />
    </section>
  );
}

function Vehicles({ customer }: { customer: Shown }) {
  const { t, say } = useSpeech();
  return (
    <section className="card stack">
      <h2>{t("customers.vehicles")}</h2>
      {customer.vehicles.length === 0 && <p className="muted">{t("customers.noVehicle")}</p>}
      {customer.vehicles.map((unit) => (
        <div key={unit.id} className="history-row">
          <Link to={`/unit/${unit.id}`}>{unit.frame_no ?? say(unit.model.title)}</Link>
          <span className="sub">{say(unit.model.title)}</span>
          <span className="muted nowrap">{unit.plate}</span>
        </div>
      ))}
    </section>
  );
}
