import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useState } from "react";
import { meQuery } from "@/api/queries/session";
import { catalogQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";

interface FindProps {
  /** What may be typed, as the box says while it is empty. */
  label: string;
  value: string;
  put: (value: string | null) => void;
  className?: string;
}

/** The box of a list: Enter looks, empty shows all; what the address asks for stands in it. */
export function Find({ label, value, put, className }: FindProps) {
  const [text, setText] = useState(value);
  const [was, setWas] = useState(value);
  if (was !== value) {
    setWas(value);
    setText(value);
  }
  return (
    <Input
      className={className ? `grow ${className}` : "grow"}
      allowClear
      value={text}
      placeholder={label}
      aria-label={label}
      onPressEnter={() => put(text.trim())}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") put(null);
      }}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

interface ChooseProps {
  label: string;
  /** Shown while nothing is chosen; the label where it says so itself. */
  hint?: string;
  value: string;
  options: (Option | { label: string; options: Option[] })[];
  put: (value: string | null) => void;
  /** Whether the options are so many that one types. */
  many?: boolean;
  width?: number;
}

/** One of a few, or all of them. */
export function Choose({ label, hint, value, options, put, many, width = 160 }: ChooseProps) {
  return (
    <Select
      allowClear
      {...(many && { showSearch: { optionFilterProp: "label" } })}
      style={{ minWidth: width }}
      placeholder={hint ?? label}
      aria-label={label}
      value={value || undefined}
      options={options}
      onChange={(next: string | undefined) => put(next ?? null)}
    />
  );
}

type Which = Pick<ChooseProps, "label" | "value" | "put">;

/** One of my organisation units, for who has several. */
export function ChooseOrg(props: Which) {
  const { data: me } = useQuery(meQuery);
  if (!me || me.orgs.length < 2) return null;
  const options = me.orgs.map((org) => ({ value: org.id, label: org.name }));
  return <Choose {...props} many options={options} />;
}

/** One model of the catalogue. */
export function ChooseModel(props: Which) {
  const { say } = useSpeech();
  const { data: catalog } = useQuery(catalogQuery);
  const options = (catalog?.models ?? []).map((each) => ({
    value: each.id,
    label: `${each.id} ${say(each.title)}`,
  }));
  return <Choose {...props} options={options} width={170} />;
}
