# 约定：合同、已装产品和生日，由同事登记。

arg-contract = 合同号
arg-ends = 到期日
    .hint = 2026-12-31
arg-subject = 合同内容
arg-amount = 金额
    .hint = 12000 或 EUR 900
arg-product = 产品
arg-serial = 序列号
arg-maintenance = 下次保养日
    .hint = 2026-12-31
arg-months = 每几个月一次
arg-visited = 上门日期
    .hint = 不填即今天
arg-birthday = 生日
    .hint = 5月24日、05-24 或 1986-05-24

command-contract-add = 登记合同：客户、合同号、到期日、内容、金额
    .alias = 合同
    .title = 合同
command-product-add = 登记已装产品：客户、产品、序列号、下次保养日、间隔月数
    .alias = 产品
    .title = 已装产品
command-product-done = 登记一次保养，从这次起算下一次
    .alias = 保养完成
    .title = 保养完成
command-contact-birthday = 登记联系人生日：客户、联系人、日期
    .alias = 生日
    .title = 生日

agreement-more = { $name }：还需要补充这些内容。
agreement-no-day = “{ $line }”看不出是哪一天（{ $why }），请写成 2026-12-31。
agreement-no-amount = “{ $line }”看不出金额，请写成 12000 或 EUR 900。
contract-added = 已登记{ $name }的合同 { $contract }，{ $day }到期，续约前会提前提醒你。
contract-changed = { $name }的合同 { $contract } 现在到 { $day }为止。
product-added = 已登记{ $name }的{ $product }（{ $serial }），下次保养：{ $day }。
product-changed = 已更新{ $name }的{ $product }（{ $serial }），下次保养：{ $day }。
product-done = 已登记{ $name }的{ $product }（{ $serial }）保养，下次：{ $day }。
product-no-maintenance = 暂无安排
product-which = { $count ->
    [0] { $name }没有这台产品。已登记：{ $names }。
   *[other] 是{ $name }的哪台产品？{ $names }
}
birthday-kept = 已登记{ $contact }的生日：{ $day }。
birthday-forgotten = 已删除{ $contact }的生日。
birthday-whose = { $count ->
    [0] { $name }没有这位联系人。已登记：{ $names }。
   *[other] 是谁的生日？{ $name }的联系人有：{ $names }。
}
who-birthday = 生日 { $day }
who-contract = 合同 { $contract } · { $day }到期 · { $subject }
who-product = { $product } { $serial } · 保养 { $day }
