export const time = {
  left: "{amount} left",
  late: "{amount} late",
  minutes: "{n} min",
  hours: "{n} h",
  hoursMinutes: "{n} h {m} min",
  day: "{n} day",
  days: "{n} days",
  today: "Today",
};
