import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useSpeech } from "@/shared/i18n";
import { myDeputiesQuery } from "./queries";
import "./colleague.css";

interface Props {
  id: string;
  value: string | null;
  set: (next: string | null) => void;
  /** People who are no choice here. */
  without?: string[];
}

/** A colleague in service within my reach, by name. */
export function ColleagueSelect({ id, value, set, without = [] }: Props) {
  const { t } = useSpeech();
  const { data, isPending } = useQuery(myDeputiesQuery);
  const colleagues = data?.colleagues ?? [];
  return (
    <Select
      id={id}
      className="colleague"
      showSearch
      optionFilterProp="label"
      loading={isPending}
      value={value}
      placeholder={t("offices.choose")}
      onChange={(next: string) => set(next)}
      options={colleagues
        .filter((person) => !without.includes(person.id))
        .map((person) => ({
          value: person.id,
          label: [person.name, person.org?.name].filter(Boolean).join(" · "),
        }))}
    />
  );
}
