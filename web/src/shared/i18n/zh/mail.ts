export const mail = {
  title: "邮件",
  none: "还没有邮件服务:由运维在通道文件里写 [smtp],客户留了邮箱就能收到。",
  to: "发到哪个邮箱",
  test: "发一封测试邮件",
  state_sent: "邮件服务已收下,请到邮箱里看。",
  state_refused: "邮件服务拒收:",
  state_later: "现在发不出去:",
  state_unknown: "中途断开,不确定有没有发出:",
  wechat: "微信公众号",
  order: "告知客户的顺序",
  none_channels: "没有开通通道:各单由人电话告知。",
} as const;
