# 企业微信（自建应用、群机器人）：只在这里出现的话。

wecom-location = [位置] { $label }（{ $point }）

doctor-wecom-half = 企业微信只配置了一部分，渠道没有启动。还缺：{ $missing }。
doctor-wecom-agent-id = WECOM_AGENT_ID 不是数字，企业微信没有启动。它是管理后台应用详情页上的 AgentId，例如 1000002。
doctor-wecom-aes-key = WECOM_AES_KEY 不对：EncodingAESKey 是 43 位字母和数字，请在应用的“接收消息”设置里重新复制。
doctor-wecom = 企业微信认得这个应用：{ $name }。
doctor-wecom-refused = 企业微信不认 { $what }（错误码 { $code }）。请到管理后台核对 WECOM_CORP_ID 和 WECOM_SECRET。
doctor-wecom-agent = WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用的（错误码 { $code }）。请到管理后台该应用的页面一起重新复制。
doctor-wecom-ip = 企业微信不接受本机的出口 IP（60020）。请在该应用的“企业可信IP”里加上它：{ $ip }。
doctor-wecom-away = 连不上 { $host }（{ $why }）。请检查本机网络；要走代理就设 HTTPS_PROXY，自建网关就设 WECOM_API_URL。
doctor-wecom-slow = 企业微信嫌请求太频繁，请一分钟后再运行一次检查。
doctor-wecom-closed = 这个应用在管理后台被停用了，成员收不到消息。请重新启用。
doctor-wecom-clock = 本机时间与企业微信相差 { $seconds } 秒。超过 300 秒，收到的消息会被当作过期的拒收。请校准时钟。
doctor-wecom-hears = 接收消息的地址填 https://你的域名/wecom/app，Token 和 EncodingAESKey 与 WECOM_TOKEN、WECOM_AES_KEY 一致。
doctor-wecom-robot = 配置了群机器人。
doctor-wecom-robot-url = WECOM_ROBOT_URL 看起来不对：应是 https://…/cgi-bin/webhook/send?key=… 的完整地址。
