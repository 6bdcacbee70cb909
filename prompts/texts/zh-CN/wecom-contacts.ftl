# 同事在企业微信里的客户好友

command-wecom-contacts = 读取同事在企业微信里的客户联系人，或查看读到哪里了
    .title = 企业微信客户
    .alias = 企业微信 客户|企业微信客户|读取企业微信客户
contacts-no-wecom = 要先接通企业微信才能读取客户联系人。缺什么可以用 `rapport doctor` 查看。
contacts-reading = 正在读取 { $count } 位同事在企业微信里的客户联系人，读完会在这里汇报。之后每天自动更新。
contacts-title = 企业微信客户：已读完
contacts-title-reading = 企业微信客户：读取中
contacts-of = 已读 { $done } / { $count } 位同事
contacts-found = 共找到
contacts-added = 新建客户
contacts-matched = 原已在册
contacts-known = 没有变化
contacts-waiting = 待确认
contacts-gone = 已不在列表
contacts-waiting-how = 公司名已在册的，会请添加者或该客户的负责人确认；确认之前不归属任何客户。
contacts-refused = 企业微信没有给出 { $names }{ $count ->
    [1] {""}
   *[other] { " " }等 { $count } 位同事
}的客户列表。请在管理后台“客户联系 → 权限配置”里允许他们使用，并让应用可以看到他们。
contacts-gave-up = { $why ->
    [48002] 没有读完（48002）：企业微信不允许这个应用读取客户联系。请在管理后台“客户联系 → API”里把它加进“可调用接口的应用”，
    [60011] 没有读完（60011）：企业微信不允许这个应用读取客户联系。请在管理后台扩大它的可见范围，
   *[other] 没有读完（{ $why }）。可以用 `rapport doctor` 细查，
}然后发“企业微信客户”重新开始。
contacts-claim-title = 企业微信里的联系人，是哪家客户？
contacts-claim = { $mine ->
    [yes] 你在企业微信里添加了 { $name }。
   *[no] { $who }在企业微信里添加了 { $name }。
}“{ $customer }”已经在册，这位是这家客户的吗？
contacts-claim-yes = 是这家
contacts-claim-no = 不是，另建客户
contacts-claim-decided = 已经有人确认过了：{ $name } 属于 { $customer }。
command-contact-of = 确认企业微信联系人属于某客户
command-contact-not-of = 确认企业微信联系人是单独的客户
contacts-attached = { $name } 已归入客户 { $customer }。
contacts-set-apart = 已为 { $name } 另建客户，由{ $owner }跟进。
contacts-removed = { $who }在企业微信里删除了 { $customer } 的 { $name }。
contacts-not-transferred = { $customer } 的 { $name } 没有在企业微信里转给你：{ $why ->
    [customer-refused] 客户拒绝了。
    [customer-limit-exceed] 你的客户数已达企业微信上限。
   *[other] 企业微信没有说明原因。
}仍由原来的同事联系。
contacts-tag-group = 常联分层
contacts-description = 分层：{ $tier }。负责人：{ $owner }。
contacts-tags-said = 企业微信标签：{ $tags }
contacts-claim-by = { $who } 于 { $at } 确认。

doctor-contacts = 可以读取客户联系，{ $count } 位同事可以添加客户。
doctor-contacts-without = { $names }{ $count ->
    [1] {""}
   *[other] { " " }等 { $count } 位同事
}没有客户联系权限，他们的客户读不到。请在管理后台“客户联系 → 权限配置”里开通。
doctor-contacts-nobody = 本应用可见的同事都没有客户联系权限。请在管理后台“客户联系 → 权限配置”里开通，并检查应用的可见范围。
doctor-contacts-not-callable = 这个应用不能读取客户联系（错误码 { $code }）。需要用“企业微信客户”的话，请在管理后台“客户联系 → API”里把它加进“可调用接口的应用”。
