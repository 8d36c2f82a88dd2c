export const print = {
  settings: "Print settings",
  text:
    "How this computer's printers print. Kept in this browser only: for everybody who works " +
    "here, also after signing out.",
  paper: "Paper",
  copies: "Copies",
  each: "Each on its own ({n} sheets)",
  carbon: "Carbon: once for all",
  why: "Why again (may stay empty)",
  whyHint: "e.g. paper jam, lost by the customer",
  pages: "Pages: {n}",
  again: "will say: reprint {n}",
  pdf: "Save as PDF",
  printer: "Setting up a printer",
  right: "Move right",
  down: "Move down",
  scale: "Scale",
  mm: "mm",
  dark: "Black and bold (worn ribbon)",
  carbonHere: "Carbon paper: all copies at once",
  test: "Test page",
  testText:
    "Print a test page and measure it: what lies too far right needs a negative “Move right”, " +
    "too low likewise; adjust the scale where 100 mm are not 100 mm.",
  printTest: "Print the test page",
  forms: "Which form lies on which paper",
  noForms: "No form may lie on another paper.",
  noFormsText: "Write also_on at a form in the rulebook, and it can be chosen here.",
  clear: "Back to nothing set",
  clearSure: "Clear the print settings of this computer?",
};
