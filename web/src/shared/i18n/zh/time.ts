export const time = {
  left: "剩 {amount}",
  late: "超时 {amount}",
  minutes: "{n} 分",
  hours: "{n} 小时",
  hoursMinutes: "{n} 小时 {m} 分",
  day: "{n} 天",
  days: "{n} 天",
  today: "今天",
} as const;
