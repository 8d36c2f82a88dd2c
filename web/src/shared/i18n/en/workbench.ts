export const workbench = {
  title: "Workbench",
  late: "Late",
  soon: "Within the hour",
  today: "With a deadline",
  watch: "Following",
  rest: "Without a deadline",
  summary: "{late} late, {soon} due within the hour, {n} to do in all",
  calm: "{n} to do, nothing late",
  emptyTitle: "All done",
  emptyText: "What is yours to do appears here, ordered by its deadline.",
  others: "Also: {acts}",
  mine: "All",
};
