import { createContext, useContext } from "react";
import type { Field, FieldError } from "@/api/types";

/** What every field of the skin is given. */
export interface FieldProps {
  /** Id of the control, for its label. */
  id: string;
  field: Field;
  value: unknown;
  set: (value: unknown) => void;
  invalid: boolean;
  /** What the server finds wrong within the value: `lines[3].quantity`. */
  errors?: readonly FieldError[];
}

export interface FormContext {
  /** The fields on screen. */
  fields: readonly Field[];
  /** Another field of the same form, for choices that depend on it. */
  sibling: (id: string) => unknown;
  /** Submits with this one value chosen, when the form asks for nothing else. */
  pickAndSubmit: ((value: unknown) => void) | null;
  /** Where the server answers about this form: `/cases/{id}/actions/{action}`. */
  at: string | null;
  /** The name of the act, for a button that does it at once. */
  act: string;
  /** The model of the vehicle, for pickers that leave out what does not fit it. */
  model: string | null;
}

export const FormContext = createContext<FormContext>({
  fields: [],
  sibling: () => null,
  pickAndSubmit: null,
  at: null,
  act: "",
  model: null,
});

export const useFormContext = () => useContext(FormContext);
