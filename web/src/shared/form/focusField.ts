/** Name of the box for a reason, which is no field of any form. */
export const REASON = "@reason";

const CONTROLS = [
  '[aria-invalid="true"] [tabindex="0"]',
  'input[aria-invalid="true"]',
  "input:not([type=file]), textarea",
  '[role="radiogroup"] [tabindex="0"]',
  // The label's clause comes first in the row; nobody wants the cursor there.
  ':is([tabindex="0"], button, [tabindex]):not(.clause)',
];

/** Puts the cursor into a field, once the page has drawn it; brings it into view if need be. */
export function focusField(id: string, place: ScrollLogicalPosition = "center"): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: place });
    for (const wanted of CONTROLS) {
      const control = row.querySelector<HTMLElement>(wanted);
      if (control) return control.focus({ preventScroll: true });
    }
  });
}

/** The field of a server's path: `lines[2].unit_price` is about `lines`. */
export const fieldOf = (path: string) => path.split(/[.[]/, 1)[0] ?? path;
