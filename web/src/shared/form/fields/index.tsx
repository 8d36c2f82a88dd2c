import { type ComponentType, Suspense, lazy } from "react";
import type { FieldKind } from "@/api/types";
import { Loading } from "@/shared/ui/States";
import type { FieldProps } from "../skin";
import { MeasurementField } from "./Measurement";
import { ChecklistField, ChoiceField, MultiChoiceField } from "./choices";
import {
  ComputedField,
  MoneyField,
  NumberField,
  RatingField,
  TextField,
  YesNoField,
} from "./plain";
import { OrgField } from "./OrgField";
import { SerialField, UnitField } from "./reference";

// The heavy kinds are fetched when a form has one.
const CodeField = lazy(() => import("./CodeField"));
const CustomerField = lazy(() => import("./CustomerField"));
const DateField = lazy(() => import("./DateField"));
const FilesField = lazy(() => import("./Files"));
const LinesField = lazy(() => import("../lines/LinesField"));
const PartsField = lazy(() => import("../parts/PartsField"));
const PeopleRowsField = lazy(() => import("./PeopleRows"));
const RowsField = lazy(() => import("./Rows"));
const PersonField = lazy(() => import("./PersonField"));
const PhotosField = lazy(() => import("./Photos"));
const SignatureField = lazy(() => import("./Signature"));

const skin: Record<FieldKind, ComponentType<FieldProps>> = {
  text: TextField,
  long_text: TextField,
  number: NumberField,
  money: MoneyField,
  date: DateField,
  instant: DateField,
  yes_no: YesNoField,
  choice: ChoiceField,
  multi_choice: MultiChoiceField,
  checklist: ChecklistField,
  measurement: MeasurementField,
  person: PersonField,
  org: OrgField,
  customer: CustomerField,
  code: CodeField,
  unit: UnitField,
  serial: SerialField,
  lines: LinesField,
  parts: PartsField,
  people_rows: PeopleRowsField,
  rows: RowsField,
  photos: PhotosField,
  signature: SignatureField,
  file: FilesField,
  rating: RatingField,
  computed: ComputedField,
};

/** The control for a field; a kind this page does not know yet is shown as text. */
export function FieldControl(props: FieldProps) {
  const Control = skin[props.field.kind] ?? TextField;
  return (
    <Suspense fallback={<Waiting kind={props.field.kind} />}>
      <Control {...props} />
    </Suspense>
  );
}

// The room a heavy control will take, so that nothing below it jumps when it comes.
const room: Partial<Record<FieldKind, number>> = {
  photos: 137,
  signature: 262,
  lines: 96,
  person: 150,
  rows: 150,
};

function Waiting({ kind }: { kind: FieldKind }) {
  return (
    <div style={{ minHeight: room[kind] ?? 34 }}>
      <Loading lines={1} />
    </div>
  );
}
