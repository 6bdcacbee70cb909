# 导入文件：导入结果、未导入的行及原因、文件无法读取的原因。

import-and = 、
import-field = { $field ->
    [number] 订单号
    [customer] 客户编号
    [ordered_at] 下单时间
    [quantity] 数量
    [price] 单价
    [amount] 金额
    [name] 客户名称
    [region] 地区
    [currency] 币种
    [product] 商品编号
    [title] 商品名称
    [starts_on] 开始日期
    [ends_on] 到期日
    [contract] 合同号
    [subject] 合同内容
    [serial] 序列号
    [installed_on] 安装日期
    [maintenance_on] 下次保养日
    [every_months] 保养周期（月）
    [contact] 联系人
    [phone] 电话
    [email] 邮箱
    [birthday] 生日
    [language] 语言
    [culture] 文化
   *[other] { $field }
}
import-column = { $field }＝“{ $heading }”

## 导入结果

import-done = 已导入 { $file }，共读取 { $rows } 行。
import-foretold = 试运行 { $file }：共读取 { $rows } 行，未写入任何数据。
import-columns = 列对应：{ $columns }
import-orders = 订单 { $orders } 笔（新增 { $new }，更新 { $changed }，无变化 { $same }）
import-cancellations = 其中 { $count } 笔为退货或取消，按负金额计入。
import-customers = 客户 { $customers } 家（新增 { $new }）
import-contracts = 合同 { $count } 份（新增 { $new }，更新 { $changed }，无变化 { $same }）
import-products = 产品 { $count } 台（新增 { $new }，更新 { $changed }，无变化 { $same }）
import-contacts = 联系人 { $count } 位（新增 { $new }，更新 { $changed }，无变化 { $same }）
import-nothing-new = 这些数据此前已全部导入，本次没有变化。
import-none-refused = 所有行均已导入。
import-refused = 有 { $count } 行未导入：
import-refused-reason = {"  "}{ $count } 行：{ $reason }
import-refused-row = {"      "}第 { $row } 行，{ $column }：{ $value }
import-refused-blank = （空）
import-tiers = 截至 { DATETIME($day, dateStyle: "long") }，这些客户的分层（订单金额按 { $currency } 计）：
import-tier = {"  "}{ $tier }：{ $count } 家
import-moved = {"  "}由{ $before }调整为{ $after }：{ $count } 家
import-refused-table =
    .row = 行号
    .column = 列
    .value = 内容
    .reason = 未导入原因

## 未导入的原因

import-refused-no-customer = 缺少客户编号，无法归属
import-refused-no-order = 缺少订单号
import-refused-damaged-id = 编号已被表格软件改写，请将该列设为文本格式后重新导出
import-refused-too-long = 超出编号的合理长度
import-refused-not-goods = 运费、手续费等非销售项目
import-refused-free = 金额为零，不计入
import-refused-no-number = 缺少数值
import-refused-number = 不是数字，或有两种读法
import-refused-too-large = 数值过大，不合常理
import-refused-no-date = 缺少日期
import-refused-date = 不是有效日期
import-refused-ambiguous-date = 日和月可能颠倒，请说明日期的书写顺序
import-refused-date-range = 早于 1990 年，应为误填
import-refused-future = 日期在将来，应为误填
import-refused-currency = 不是有效币种
import-refused-unknown-customer = 没有这个编号或名称的客户，请先导入客户
import-refused-several-customers = 有多家客户同名，请填写客户编号
import-refused-twice = 与本文件前面的行重复
import-refused-no-contract = 缺少合同号
import-refused-ends-before = 到期日早于开始日期
import-refused-no-product = 缺少产品名称
import-refused-no-serial = 缺少序列号
import-refused-months = 不是 1 到 120 之间的月数
import-refused-no-name = 缺少姓名
import-refused-birthday = 日期在将来或过于久远，不会是生日
import-refused-phone = 不是有效的电话号码
import-refused-email = 不是有效的邮箱地址
import-refused-language = 既不是中文也不是英文
import-refused-culture = 不是文化的名称，请用小写英文，如 chinese、western
import-refused-other-currency = 与同一订单其他行的币种不一致

## 文件无法读取

import-unreadable-missing = 找不到该文件。
import-unreadable-closed = 文件无法打开，请检查访问权限，并确认它不是文件夹。
import-unreadable-empty = 文件是空的。
import-unreadable-no-rows = 文件只有表头，没有数据行。
import-unreadable-no-table = 这不是表格文件，请另存为 CSV 或 XLSX 后重试。
import-unreadable-damaged = 文件已损坏或不完整，请重新导出或下载。
import-unreadable-locked = 工作簿设有打开密码，请另存一份不带密码的再导入。
import-unreadable-too-large = 工作簿过大，无法打开，请将工作表另存为 CSV 后导入。
import-unreadable-row = 第 { $row } 行无法读取，多半是引号没有成对。本次未导入任何数据。
import-unreadable-columns = 缺少以下列：{ $missing }。文件中的表头：{ $found }。请修改表头，或指明各列对应的内容。
