/** Name of the box for a reason, which is no field of any form. */
export const REASON = "@reason";

const CONTROLS = [
  '[aria-invalid="true"] [tabindex="0"]',
  'input[aria-invalid="true"]',
  "input:not([type=file]), textarea",
  '[tabindex="0"], button, [tabindex]',
];

/** Brings a field into view and puts the cursor there, once the page has drawn what is wrong. */
export function focusField(id: string): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    for (const wanted of CONTROLS) {
      const control = row.querySelector<HTMLElement>(wanted);
      if (control) return control.focus({ preventScroll: true });
    }
  });
}

/** The field of a server's path: `lines[2].unit_price` is about `lines`. */
export const fieldOf = (path: string) => path.split(/[.[]/, 1)[0] ?? path;
