export const signin = {
  title: "登录",
  tagline: "会执行的售后服务标准",
  login: "账号",
  password: "密码",
  submit: "登录",
  wrong: "账号或密码不对。",
  demoTitle: "演示账号",
  demoText: "每个角色一个,点一下即填好。",
  point1: "每个判定写明条款与算法",
  point2: "每个时限自己会走、会提醒",
  point3: "每一步留痕,可以核验",
} as const;
