export const imports = {
  title_sold_vehicles: "Import sold vehicles",
  title_parts: "Import the part master",
  title_prices: "Import prices",
  kind: "What to import",
  sold_vehicles: "Sold vehicles",
  parts: "Parts",
  prices: "Prices",
  lead_sold_vehicles:
    "Upload a dealer's sale register. Every row is checked first; nothing is written before" +
    " you apply.",
  lead_parts:
    "Upload the part master. Every row is checked first; then new parts can be stocked and" +
    " priced. A code that is there already is changed.",
  lead_prices:
    "Upload the price list. Each row holds from 00:00 of its own day; papers already made stay" +
    " as they are. Every row is checked first.",
  drop: "Drop an Excel file here, or click to choose one",
  hint_sold_vehicles:
    ".xlsx up to 200,000 rows and 48 MB; columns such as frame number, buyer, phone, date," +
    " in any order",
  hint_parts:
    ".xlsx up to 20,000 rows; columns code, name, component, class and so on, as exported",
  hint_prices:
    ".xlsx up to 20,000 rows; columns code, stars, ex-factory, wholesale, retail, effective from," +
    " as exported",
  uploading: "Uploading {percent}%",
  checking: "Checking row by row",
  another: "Another file",
  sheet: "Sheet {sheet}, header in row {row}",
  accept: "To import",
  reject: "With errors",
  skip: "Skipped",
  apply: "Import {n} rows",
  unpacking: "Opening the workbook",
  reading: "Checking row by row: {done} of {total}",
  readingHint: "You may leave this page; the result is shown here.",
  readingSure: "Stop checking? What was checked is lost; your file stays as it is.",
  writing: "Writing: {done} of {total} rows",
  writingHint: "You may leave this page. Nobody sees any of the rows before all are written.",
  writingSure: "Stop writing? The rows written so far are taken back; you can import them later.",
  stopping: "Taking back the rows written so far",
  stoppingHint: "Afterwards you can import them again, or discard them.",
  stop: "Stop",
  applied: "{n} rows imported",
  appliedText: "Vehicles and owners are registered; the desk finds them.",
  discarded: "This import was discarded.",
  discard: "Discard",
  discardSure: "Discard this import? The checked result goes; your file stays as it is.",
  errors: "Download error rows",
  errorsHint: "correct them and upload that file",
  row: "Row",
  verdict: "Verdict",
  why: "Why",
  noRows: "No rows of this kind.",
  nothing: "No row can be imported. Download the error rows, correct and upload them.",
  frame_no: "Frame number",
  model: "Model",
  name: "Buyer",
  phone: "Phone",
  sold_on: "Bought on",
  outlet: "Outlet",
  code: "Code",
  stars: "Stars",
  ex_factory: "Ex-factory",
  wholesale: "Wholesale",
  retail: "Retail",
  effective_from: "From",
  clause: "Clause",
  title_zh: "Name",
  component: "Component",
  models: "Fits",
  class: "Class",
  tracked: "By serial",
  title_opening_stock: "Import opening stock",
  opening_stock: "Opening stock",
  lead_opening_stock:
    "Enter what every warehouse holds when you begin, parts and old parts, in one go. Every " +
    "row is checked first; each part is opened once, later come receipts and counts.",
  hint_opening_stock:
    ".xlsx, at most 10 MB; columns Warehouse, Part code, Serials, Quantity, " +
    "Cause (old parts), in any order",
  opened: "It is in stock now, and each line names this file.",
  warehouse: "Warehouse",
  serials: "Serials",
  quantity: "Quantity",
  fault: "Cause (old parts)",
  title_customers: "Import customers",
  customers: "Customers",
  lead_customers:
    "Upload a list of customers. Every row is checked first; the same name and telephone are the " +
    "same person and are not registered twice.",
  hint_customers:
    ".xlsx up to 200,000 rows; columns Name, Phone, Address, May be called, Outlet code,"+
    " in any order",
  customersIn: "The customers are registered, and reception finds them.",
  address: "Address",
  consent: "May be called",
  outlet_code: "Outlet code",
  title_people: "Import people",
  people: "People",
  lead_people:
    "Upload a list of staff. Whom you may take on, and in which role, is checked as when you add" +
    " somebody by hand. Afterwards each gets a link to set their own password.",
  hint_people:
    ".xlsx, at most 500 people; columns login, name, unit, roles; separate roles by commas, and" +
    " write Station manager@BJ for a role held elsewhere",
  login: "Login",
  org: "Unit",
  roles: "Roles",
  peopleIn: "They are registered. Give each a link, with which they set their own password.",
  invite: "Make links",
  inviteHint: "Only for those without a password yet; earlier links end",
  inviteNone: "Everybody has set a password; no link is needed.",
  inviteOnce:
    "The links are shown this once and hold until {until}. Save them, or hand them out one by one.",
  inviteSave: "Save as a table",
  inviteCopy: "Copy all",
  inviteCopied: "Copied",
  invite_name: "Name",
  invite_login: "Login",
  invite_unit: "Unit",
  invite_link: "Link",
  invite_file: "sign-in-links",
};
